"""A log that is played or followed: what is shown at each step, and what fills in."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.logs.schema import BrokenLine
from engine.logs.watched import Watched
from tests.support.logs_shown import LAYERS, header, log_at, scene_of, session_of, step
from tests.support.run_logs import recorded_lines
from tests.support.training import small
from tui.session.log_reader import LogReader
from tui.state.notices import notice
from tui.state.scene import Scene, Waiting, Wants
from tui.words.notices import notice_text


def test_what_is_ours_is_shown_as_ours(tmp_path: Path) -> None:
    """The experiment, every metric, a verdict, and curves over all steps."""
    path = log_at(tmp_path / "a", *recorded_lines(small(), 9, 3))
    session, _ = session_of(path)
    session.set_state(session.state.at_end())
    scene = scene_of(session)
    assert scene.trace.experiment == small()
    assert scene.trace.step == 9
    assert set(session.state.metrics) >= {"g", "delta", "weight_grad", "update", "activation"}
    assert scene.training is not None
    assert scene.training.curves is not None
    assert scene.training.curves.steps.tolist() == [0, 3, 6, 9]
    assert scene.training.displacement is not None


def test_time_plays_it_and_stops_at_the_end(tmp_path: Path) -> None:
    """At the speed that is chosen, whole steps at a time."""
    session, _ = session_of(log_at(tmp_path / "a", header(), *map(step, range(10))))
    session.set_state(session.state.played())
    session.advance(1.0)
    # a short log plays at 4 steps a second
    assert (session.state.position, scene_of(session).trace.step) == (4, 4)
    session.set_state(session.state.faster(1))
    session.advance(10.0)
    assert session.state.position == 9
    assert not session.state.playing
    session.set_state(session.state.played())
    assert (session.state.position, session.state.playing) == (0, True)


def test_without_g_there_is_no_verdict(tmp_path: Path) -> None:
    """The bars are those of weight gradients, by element where sizes are known."""
    sizes = [[name, place, 100] for place, name in enumerate(LAYERS, 1)]
    norms = [float(layer + 1) for layer in range(len(LAYERS))]
    line = step(0, output_grad_norm=None, weight_grad_norm=norms)
    session, _ = session_of(log_at(tmp_path / "a", header(parameters=sizes), line))
    scene = scene_of(session)
    assert (scene.verdict.kind, session.state.metric) == ("unknown", "weight_grad_rms")
    np.testing.assert_allclose(scene.metric.values(scene.trace), np.array(norms) / 10)
    assert scene.log is not None
    assert scene.log.kinds == ()
    session, _ = session_of(log_at(tmp_path / "b", header(), line))
    assert session.state.metrics == ("weight_grad",)


def test_steps_between_those_with_g_show_the_last_ones(tmp_path: Path) -> None:
    """And say of which step it is; never one of another run."""
    lines = [step(n, output_grad_norm=None) if n % 5 else step(n, decades=-n) for n in range(30)]
    again = step(3, output_grad_norm=None)
    session, _ = session_of(log_at(tmp_path / "a", header(), *lines, again))
    for position in (7, 23, 20, 4, 29):
        session.set_state(session.state.stepped(position - session.state.position))
        scene = scene_of(session)
        measured = position - position % 5
        assert scene.log is not None
        assert scene.log.measured == (measured if position % 5 else None)
        decades = scene.verdict.decades
        assert decades is not None
        assert decades == pytest.approx(-measured, abs=1e-9)
        assert scene.trace.loss == 1 / (1 + position)
    session.set_state(session.state.at_end())
    assert scene_of(session).verdict.kind == "unknown"


def test_who_is_live_stays_at_the_newest(tmp_path: Path) -> None:
    """A key backwards leaves it, the end goes back to it."""
    path = log_at(tmp_path / "a", header(), step(0))
    session, _ = session_of(path, follows=True)
    for number in (1, 2):
        with path.open("a") as file:
            file.write(step(number) + "\n")
        session.look()
        assert scene_of(session).trace.step == number
    session.set_state(session.state.stepped(-1))
    with path.open("a") as file:
        file.write(step(3) + "\n")
    session.look()
    assert (scene_of(session).trace.step, session.state.is_live) == (1, False)
    session.set_state(session.state.jumped(1))
    session.set_state(session.state.jumped(1))
    session.set_state(session.state.jumped(1))
    assert (scene_of(session).trace.step, session.state.is_live) == (3, True)


def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    """As long as it takes, also without its first line; then it is shown."""
    path = tmp_path / "a"
    session, _ = session_of(path, follows=True)
    waiting = session.scene(Wants())
    assert isinstance(waiting, Waiting)
    assert waiting.state.notices == (notice("log_waits", path=str(path)),)
    assert session.state.header is None
    path.write_text(header()[:20])
    session.look()
    assert isinstance(session.scene(Wants()), Waiting)
    log_at(path, header(), step(7))
    session.look()
    assert scene_of(session).trace.step == 7
    assert session.state.notices == ()


def test_a_log_that_is_begun_anew_is_another_one(tmp_path: Path) -> None:
    """Nothing of the old one is left, whose layers were others."""
    path = log_at(tmp_path / "a", header(), *map(step, range(50)))
    session, _ = session_of(path, follows=True)
    log_at(path, header(["x", "y"]), step(1, layers=2))
    session.look()
    session.look()
    scene = scene_of(session)
    assert (scene.trace.step, scene.trace.names) == (1, ("x", "y"))
    assert scene.training is not None
    assert scene.training.heat is not None
    assert scene.training.heat.decades.shape[1] == 2
    assert session.state.cursor <= 2


def test_it_is_said_which_log_of_a_folder_is_shown(tmp_path: Path) -> None:
    """By its name, and when another one takes its place, though it is of the same network."""
    session, _ = session_of(tmp_path, follows=True)
    for name in ("a.jsonl", "b.jsonl"):
        os.utime(log_at(tmp_path / name, header(), step(0)), (0, ord(name[0])))
        session.look()
        assert session.state.path == str(tmp_path / name)
        assert scene_of(session).trace.step == 0
    assert session.state.notices == (notice("log_other", path=str(tmp_path / "b.jsonl")),)


def test_a_log_that_was_cut_has_fewer_steps(tmp_path: Path) -> None:
    """None of those that are gone is asked for, even if somebody still waits for one."""
    path = log_at(tmp_path / "a", header(), *map(step, range(10)))
    session, _ = session_of(path, follows=True)
    assert (session.state.length, session.state.position) == (10, 9)
    for steps in (0, 3, 1):
        log_at(path, header(what=steps), *map(step, range(steps)))
        session.look()
        assert (session.state.length, session.state.position) == (steps, max(steps - 1, 0))
        said = notice("log_began_anew") if steps else notice("log_waits", path=str(path))
        assert session.state.notices == (said,)
        assert isinstance(session.scene(Wants()), Scene if steps else Waiting)
    assert scene_of(session).trace.step == 0
    gone = LogReader(Watched(path)).read(9)
    assert isinstance(gone, BrokenLine)
    assert gone.code == "log_line_changed"


def test_silence_is_told_in_few_steps(tmp_path: Path) -> None:
    """Nothing for a while, then now and then; a step ends it."""
    path = log_at(tmp_path / "a", header(), step(0))
    session, clock = session_of(path, follows=True)
    told: list[float | None] = []
    session.changed = lambda words: told.append(scene_of(session).log.silent)  # type: ignore[union-attr]
    for clock.now in np.arange(0.0, 45.0, 0.25):
        session.look()
    assert told == [5, 10, 20, 40]
    with path.open("a") as file:
        file.write(step(1) + "\n")
    session.look()
    session.look()
    assert told[-1] is None


def test_gradients_that_are_no_numbers_are_not_drawn_as_those_before(tmp_path: Path) -> None:
    """A run that diverged stays green up to there only."""
    for name in ("output_grad_norm", "weight_grad_norm"):
        other: dict[str, Any] = {"output_grad_norm": None, name: [1.0] * len(LAYERS)}
        lost = {**other, name: [None] * len(LAYERS), "nonfinite": [name]}
        lines = [step(0, **other), step(1, **lost), step(2, **lost)]
        session, _ = session_of(log_at(tmp_path / name, header(), *lines))
        heat = scene_of(session).training.heat  # type: ignore[union-attr]
        assert heat is not None
        assert np.isfinite(heat.decades[0]).all()
        assert np.isnan(heat.decades[1:]).all()


def test_a_line_that_only_ends_the_run_is_shown_as_the_step_before(tmp_path: Path) -> None:
    """A recorder knows no loss after the last step; and nothing is missing after its end."""
    lines = [step(0), step(1, output_grad_norm=None)]
    path = log_at(tmp_path / "a", header(), *lines, '{"step": 2, "last": true}')
    session, clock = session_of(path, follows=True)
    clock.now = 60.0
    session.look()
    scene = scene_of(session)
    assert scene.log is not None
    assert (scene.trace.step, scene.trace.loss, scene.log.measured) == (1, 0.5, 0)
    assert scene.log.silent is None


def test_broken_lines_are_told_where_they_are(tmp_path: Path) -> None:
    """As a share of the way, and the steps round them are there."""
    lines = [step(n) if n != 5 else "{" for n in range(10)]
    session, _ = session_of(log_at(tmp_path / "a", header(), *lines))
    scene = scene_of(session)
    assert scene.log is not None
    assert (scene.log.length, scene.log.left_out) == (9, 1)
    (share,) = scene.log.broken
    assert share == pytest.approx(7 / 11)


def test_verdicts_are_known_all_over_the_log(tmp_path: Path) -> None:
    """Each from where it was seen first."""
    lines = [step(n, decades=-1.0 if n < 6 else -4.0) for n in range(12)]
    session, _ = session_of(log_at(tmp_path / "a", header(), *lines))
    scene = scene_of(session)
    assert scene.log is not None
    assert scene.log.kinds == ((0, "healthy"), (6, "vanishing"))
    assert scene.log.last_step == 11


def test_a_step_that_is_left_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file may be changed behind the reader; what was shown stays."""
    path = log_at(tmp_path / "a", header(), *map(step, range(5)))
    session, _ = session_of(path)
    broken = BrokenLine(3, "log_line_changed", {})
    monkeypatch.setattr(Watched, "step", lambda self, index: broken)
    session.set_state(session.state.at_end())
    assert scene_of(session).trace.step == 0
    assert session.state.notices[0].code == "log_broken"


def test_a_number_without_a_layer_is_a_curve(tmp_path: Path) -> None:
    """A log with a loss alone has no bars, and no verdict."""
    lines = [json.dumps({"step": n, "loss": 2.0, "gradient_norm": 1.0}) for n in range(5)]
    session, _ = session_of(log_at(tmp_path / "a", header(["all"]), *lines))
    scene = scene_of(session)
    assert scene.axis is None
    assert scene.training is not None
    assert scene.training.curves is not None
    assert scene.training.heat is not None
    assert scene.training.heat.decades.size == 0


def test_who_follows_is_told_what_is_found(tmp_path: Path) -> None:
    """What comes, and of what was there only what is wrong; a player is told nothing."""
    path = log_at(tmp_path / "a", header(), *(step(n) for n in range(30)))
    session, _ = session_of(path, follows=True)
    assert not session.state.notices
    with path.open("a") as file:
        file.write(step(30, decades=-6.0) + "\n")
    session.look()
    (said,) = list(session.state.notices)
    assert said.code == "log_finding"
    assert notice_text(said.code, said.details).startswith("step 30: ")
    late, _ = session_of(path, follows=True)
    assert [each.code for each in late.state.notices] == ["log_finding"]
    player, _ = session_of(path)
    player.set_state(player.state.at_end())
    assert player.state.notices == ()


def test_a_log_without_layers_is_shown_as_curves(tmp_path: Path) -> None:
    """To its last step; one that is waited for is not known to have none."""
    steps = [{"step": n, "loss": 1.0, "learning_rate": 0.1} for n in (10, 20, 30)]
    path = tmp_path / "trainer_state.json"
    path.write_text(json.dumps({"log_history": steps, "global_step": 30}))
    session, _ = session_of(path)
    session.set_state(session.state.at_end())
    assert (session.state.view, scene_of(session).trace.step) == ("training", 30)
    session, _ = session_of(tmp_path / "nothing", follows=True)
    assert session.state.view == "gradients"
