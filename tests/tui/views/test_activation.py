"""The activation view."""

import re
import threading
from typing import Any

import pytest

from engine import Experiment, Inspection
from engine.catalogue.activations import ACTIVATIONS
from tests.support.app import running, view_rows
from tests.support.heavy import cases
from tests.support.idle import until


async def test_the_activation_view_shows_where_a_layer_lives() -> None:
    """Curves with the bound of phi', and the first, the cursor's and the last layer's histogram."""
    async with running() as (app, pilot):
        await pilot.press("3")
        rows = view_rows(app, "activation")
        assert "φ sigmoid" in rows[0]
        assert "φ' ≤ 0.25" in rows[0]
        assert any(row.split()[0] == "0.25" for row in rows)
        names = [row.split("│")[0].split() for row in rows if "layer" in row]
        assert names == [["layer", "1"], ["layer", "7"], ["layer", "20"]]
        assert sum("saturated" in row for row in rows) == 3
        assert app.session.trace is not None
        share = app.session.trace.factors.activation[6]
        # beside its own layer's name, however few rows there are
        assert any(f"φ' ×{share:.3g}" in row and "layer 7" in row for row in rows)
        await pilot.press("home")
        rows = view_rows(app, "activation")
        assert sum("layer" in row for row in rows) == 2


async def test_the_histogram_is_of_what_is_fed_to_phi() -> None:
    """After the norm: unit_normal saturates tanh, BatchNorm brings it back."""
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press("3")
        saturated = [int(s) for s in re.findall(r"(\d+)% saturated", shown(app))]
        assert min(saturated) > 60
        await pilot.press("b")
        saturated = [int(s) for s in re.findall(r"(\d+)% saturated", shown(app))]
        assert max(saturated) < 20


def shown(app: Any) -> str:
    """The activation view as one text."""
    return "\n".join(view_rows(app, "activation"))


@pytest.mark.parametrize(
    "name", cases(ACTIVATIONS, lambda name: name in ("sigmoid", "relu", "sin", "softplus"))
)
async def test_every_activation_has_its_picture(name: str) -> None:
    """Both curves are drawn, in the room that there is."""
    async with running(activation=name, width=8, depth=3, size=(60, 16)) as (app, pilot):
        await pilot.press("3")
        rows = view_rows(app, "activation")
        assert all(len(row) == 58 for row in rows)
        assert any(character in "_─‾│╷╵" for row in rows for character in row)


async def test_a_long_inspection_runs_beside_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is there the view says so; one that fails is not tried again and again."""
    async with running() as (app, pilot):
        monkeypatch.setattr("tui.session.inspections.is_quick", lambda experiment: False)
        release, look = threading.Event(), app.session.inspections._inspect
        tries = []

        def held(experiment: Experiment, layers: frozenset[int]) -> dict[int, Inspection]:
            tries.append(layers)
            release.wait(10)
            return look(experiment, layers)

        monkeypatch.setattr(app.session.inspections, "_inspect", held)
        await pilot.press("3")
        assert "looking closer" in shown(app)
        await pilot.press("right")
        assert app.state.cursor == 8
        release.set()
        await until(lambda: "looking closer" not in shown(app))
        assert tries == [frozenset((1, 7, 20)), frozenset((8,))]


async def test_memory_that_runs_out_leaves_the_view_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And is not asked for again at every frame."""
    tries = []

    def fail(experiment: Experiment) -> None:
        tries.append(experiment)
        raise MemoryError

    async with running() as (app, pilot):
        monkeypatch.setattr("tui.session.inspections.Trainer", fail)
        await pilot.press("3", "left", "left")
        assert len(tries) == 1
        assert "φ sigmoid" in shown(app)
        assert "no distributions" in shown(app)
