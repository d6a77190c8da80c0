"""The training view: complete at every size, its pictures, how often they are drawn."""

from itertools import product
from typing import Any

import pytest

from engine import inspect, replay, run
from tests.support.app import line
from tests.support.app_training import SMALL, rows, step, ticks, training
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.app import ChainruleApp
from tui.state.scene import Scene, Wants
from tui.state.views import PICTURES

SIZES = [(60, 16), (80, 24), (160, 45)]


@pytest.mark.parametrize(
    ("size", "picture", "trained"),
    cases(
        product(SIZES, PICTURES, (False, True)),
        lambda case: case[0] == (60, 16) if case[2] else case == ((80, 24), "samples", False),
    ),
)
async def test_the_view_is_complete_at_every_size(
    size: tuple[int, int], picture: str, trained: bool
) -> None:
    """Nothing is cut off, before training and after some steps."""
    dataset = "moons" if picture == "boundary" else "digits"
    async with training(size, screen={"view": "training", "picture": picture}, dataset=dataset) as (
        app,
        pilot,
    ):
        if trained:
            await pilot.press("full_stop", "full_stop")
        shown = rows(app)
        width = app.main.query_one("#training").size.width
        assert all(len(row) == width for row in shown)
        assert shown[0].split()[:2] == ["loss", "batch"]
        assert picture in shown[0]
        text = "\n".join(shown)
        assert "⠀" not in text
        # steps below, values left
        (axis,) = [row for row in shown if " step " in row and "└" in row]
        assert axis.strip().startswith("└0")
        assert axis == shown[-1] or not trained
        for label in ("100%", "50%", "0%"):
            assert any(row.split()[0] == label for row in shown)
        if trained:
            assert ("|g| by layer" in text) == (size[1] > 16)
        elif size[1] > 16:
            assert "enter trains" in text
        words = {"displacement": "moved", "probe": "chance", "samples": "", "boundary": "▀"}
        assert words[picture] in text
        assert "▀" in text or picture != "samples"


@pytest.mark.heavy
async def test_the_pictures_go_round_as_far_as_the_data_have_them() -> None:
    """A plane has a boundary, digits have samples; the key opens the view first."""
    for dataset, names in (
        ("spiral", ["boundary", "probe", "displacement"]),
        ("digits", ["samples", "probe", "displacement"]),
        ("gaussian", ["displacement"]),
        ("digits without a test set", ["samples", "displacement"]),
    ):
        name, _, rest = dataset.partition(" ")
        share = 0.0 if rest else 0.2
        async with training(dataset=name, test_fraction=share) as (app, pilot):
            await pilot.press("k")
            assert (app.state.view, app.state.picture) == ("training", "displacement")
            seen = []
            for _ in names:
                await pilot.press("k")
                seen.append(app.state.picture)
            assert seen == names


@pytest.mark.parametrize(
    ("picture", "dataset", "expected"),
    [("boundary", "spiral", "▀"), ("probe", "spiral", "chance 50%"), ("samples", "digits", "▀")],
)
async def test_a_picture_is_there_before_anything_trains(
    picture: str, dataset: str, expected: str
) -> None:
    """Of step 0, and anew for another network; training goes on from the same pass."""
    async with training(
        screen={"view": "training", "picture": picture}, dataset=dataset, seed=3
    ) as (app, pilot):
        first = "\n".join(rows(app))
        assert expected in first
        assert "enter trains" in first
        assert (step(app), app.controller.is_training) == (0, False)
        seen = app.session.trace
        await pilot.press("s")
        assert app.session.trace is not seen
        assert expected in "\n".join(rows(app))
        await pilot.press("full_stop")
        assert step(app) == 1
        assert app.session.trace is not None
        assert app.session.trace.loss == run(app.state.experiment, 1).loss


async def test_weights_that_began_at_zero_are_not_said_to_stand_still() -> None:
    """Where they moved there is no share to tell; where they did not, that is said."""
    screen = {"view": "training"}
    wired: dict[str, Any] = {"init": "zeros", "residual": "pre_activation", "width": 64}
    for scale, said in (("one", "every W began at 0"), ("rezero", "no hidden W has moved")):
        async with training(screen=screen, **wired, residual_scale=scale) as (app, pilot):
            await pilot.press("full_stop", "full_stop")
            assert said in " ".join(" ".join(rows(app)).split())


async def test_the_curves_and_the_answers_are_not_drawn_oftener_than_can_be_seen() -> None:
    """Four times and twice a second while it trains; at once when it stands still."""
    async with training(screen={"view": "training", "picture": "samples"}) as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        pictures, clock = app.session.training.pictures, app.session.clock
        assert pictures is not None

        def seen() -> list[Any]:
            app.tick()
            return [pictures._kept[name].value for name in ("curves", "heat", "samples")]

        def unchanged(first: list[Any]) -> list[bool]:
            return [a is b for a, b in zip(first, seen(), strict=True)]

        clock.now += 1  # type: ignore[attr-defined]
        first = seen()
        clock.now += 0.01  # type: ignore[attr-defined]
        assert unchanged(first) == [True, True, True]
        clock.now += 0.26  # type: ignore[attr-defined]
        assert unchanged(first) == [False, False, True]
        clock.now += 0.3  # type: ignore[attr-defined]
        assert unchanged(first) == [False, False, False]
        await pilot.press("full_stop")
        curves, _, samples = seen()
        assert samples.step == curves.steps[-1] == step(app)


@pytest.mark.heavy
async def test_a_trained_layer_is_inspected_and_in_training_four_times_a_second() -> None:
    """The very step's numbers where it stands still; the last ones in between."""
    async with training(screen={"view": "activation"}) as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 3)

        def seen() -> Any:
            assert app.session.trace is not None
            scene = app.session.scene(Wants(layers=frozenset({2})))
            assert isinstance(scene, Scene)
            return scene.inspection(2)

        app.session.clock.now += 1  # type: ignore[attr-defined]
        app.tick()
        first = seen()
        app.session.clock.now += 0.05  # type: ignore[attr-defined]
        app.tick()
        assert seen() is first
        app.session.clock.now += 0.3  # type: ignore[attr-defined]
        app.tick()
        assert seen() is not first
        await pilot.press("enter", "full_stop")
        expected = inspect(replay(app.state.run), {2})[2]
        assert seen().singular_values == expected.singular_values
        assert (seen().delta.counts == expected.delta.counts).all()
        await pilot.press("backspace")
        assert seen().singular_values != expected.singular_values


@pytest.mark.heavy
async def test_it_draws_without_colour_and_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters tell then; a theme of the terminal's own colours works too."""
    from tui.style.glyphs import ASCII

    monkeypatch.setenv("NO_COLOR", "1")
    for picture, dataset in (("samples", "digits"), ("boundary", "moons")):
        experiment = experiment_of(**{**SMALL, "dataset": dataset})
        screen = {"view": "training", "picture": picture}
        app = ChainruleApp(experiment, ASCII, "reduced", ticking=False, screen=screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("full_stop")
            text = "\n".join(rows(app))
            assert text.isascii()
            assert "#" in text
            await pilot.press("2", "4", "k")
    monkeypatch.delenv("NO_COLOR")
    async with training(screen={"view": "training", "picture": "boundary"}, dataset="moons") as (
        app,
        pilot,
    ):
        await pilot.press("full_stop")
        app.choose_theme("ansi-dark")
        await pilot.press("2", "4", "k")
        assert len(rows(app)[3]) == 78


async def test_the_step_is_told_only_once_something_was_trained() -> None:
    """A look at the training view trains nothing."""
    async with training() as (app, pilot):
        await pilot.press("4", "1")
        assert "step 0" not in line(app, "verdict")
        await pilot.press("full_stop")
        assert "step 1" in line(app, "verdict")


@pytest.mark.heavy
async def test_a_diverged_run_says_where_in_every_view() -> None:
    """Also when the key's own words are gone."""
    runaway: dict[str, Any] = {"activation": "relu", "init": "he_normal", "learning_rate": 10.0}
    async with training(**runaway, depth=5, width=64, batch_size=128) as (app, pilot):
        await pilot.press("4", *["full_stop"] * 12)
        assert app.session.trace is not None
        end = app.session.trace.divergence
        assert end is not None
        for key in ("1", "2", "3", "4"):
            await pilot.press(key, "left")
            said = line(app, "why")
            assert f"diverged at step {end.step} in layer {end.layer}" in said
