"""The part of the app that has theory, seeds and remedies: the line, the band and the advice."""

from __future__ import annotations

import contextlib
import threading

from textual.app import App

from engine import Experiment, Trace, verdict
from tui.screens.diagnosis import ReportScreen
from tui.screens.main import MainScreen
from tui.session.background import GONE
from tui.session.remedies import SEEDS, Advice
from tui.session.trace_cache import Memory
from tui.state.actions import Action
from tui.state.edits import Edit
from tui.state.keys import key_label
from tui.state.metrics import METRICS
from tui.state.notices import Notice, notice
from tui.state.state import State
from tui.state.ways import keys_to
from tui.words.remedies import remedy_text


class Advised(App[None]):
    """What these actions need of the app, and the actions."""

    state: State
    main: MainScreen
    advice: Advice
    actions: tuple[Action, ...]
    _memory: Memory
    _trying = False
    _to_repair: Experiment | None = None

    def set_state(self, state: State) -> None:
        """Take a new state."""
        raise NotImplementedError

    def _say(self, *notices: Notice) -> None:
        raise NotImplementedError

    def _attempt(self, experiment: Experiment) -> Trace | Notice:
        raise NotImplementedError

    def _settle(self) -> None:
        raise NotImplementedError

    def _key_of(self, action: str) -> str:
        """The label of an action's key, remapped or not."""
        return next(key_label(entry.keys[0]) for entry in self.actions if entry.id == action)

    # a piece of work at a time

    @property
    def has_quick_work(self) -> bool:
        """Whether there is something to find out that the next tick can do."""
        trace = self.main.trace
        if trace is None or self.main.computing or not self.advice.has_work:
            return False
        return self._memory.is_quick(trace.experiment)

    def work_on_advice(self) -> None:
        """Run one experiment: at once if it is quick, else in a thread of its own."""
        pending = self.advice.pending
        if pending is None or self._trying or self.main.computing:
            return
        if self._memory.is_quick(pending):
            self._take(pending, self._attempt(pending))
        else:
            self._trying = True
            threading.Thread(target=self._try, args=(pending,), daemon=True).start()

    def _try(self, experiment: Experiment) -> None:
        result = self._attempt(experiment)
        # the app may be gone by now
        with contextlib.suppress(*GONE):
            self.call_from_thread(self._tried, experiment, result)

    def _tried(self, experiment: Experiment, result: Trace | Notice) -> None:
        self._trying = False
        self._take(experiment, result)
        self.work_on_advice()

    def _take(self, experiment: Experiment, result: Trace | Notice) -> None:
        wanted_seeds = self.advice.seeds_done < SEEDS and self.advice.wants_seeds
        self.advice.take(experiment, None if isinstance(result, Notice) else result)
        if wanted_seeds:
            self._say(notice("seeds", done=self.advice.seeds_done, of=SEEDS))
            if self.advice.seeds_done == SEEDS:
                self._say(*self._band_notice())
        elif self.advice.remedies is not None:
            self._remedies_known()

    def _band_notice(self) -> tuple[Notice, ...]:
        """The band of the cursor's layer in numbers: it may be narrower than a row."""
        metric, state = METRICS[self.state.metric], self.state
        band = self.advice.band(metric)
        if band is None:
            return ()
        low, median, high = (float(values[state.cursor - 1]) for values in band)
        drawn = state.view == "gradients" and not state.table
        numbers = {"of": SEEDS, "layer": state.cursor, "median": median, "low": low, "high": high}
        return (notice("band", **numbers, drawn=drawn),)

    # actions

    def action_toggle_seeds(self) -> None:
        """Run 16 seeds and show where most of them are, or stop that."""
        self.advice.wants_seeds = not self.advice.wants_seeds
        if not self.advice.wants_seeds:
            self._say()
            return
        self._say(notice("seeds", done=self.advice.seeds_done, of=SEEDS))
        self._begin()

    def action_apply_remedy(self) -> None:
        """Make the change that helps most."""
        self._to_repair = self.state.experiment
        self.advice.wants_remedies = True
        if self.advice.remedies is None:
            self._say(notice("trying"))
            self._begin()
        else:
            self._remedies_known()

    def _begin(self) -> None:
        pending = self.advice.pending
        if pending is not None and not self._memory.is_quick(pending):
            self.work_on_advice()
        self._settle()

    def _remedies_known(self) -> None:
        trace, remedies = self.main.trace, self.advice.remedies
        if isinstance(self.screen, ReportScreen):
            self.screen.show_remedies(remedies or ())
        wanted, self._to_repair = self._to_repair, None
        if (
            trace is None
            or wanted is None
            or not wanted == trace.experiment == self.state.experiment
        ):
            self.main.redraw()
            return
        if not remedies:
            healthy = self.main.is_healthy
            self._say(notice("nothing_to_repair" if healthy else "no_remedy"))
            return
        best = remedies[0]
        self.main.finish_motion()
        edited = self.state.edited(Edit(best.candidate.experiment))
        keys = keys_to(trace.experiment, best.candidate, self._key_of)
        said = notice("said", text=remedy_text(verdict(trace), best, keys))
        self.set_state(edited.saying(said))

    def action_report(self) -> None:
        """The whole diagnosis."""
        trace = self.main.trace
        if trace is None or self.main.computing:
            return
        self.main.finish_motion()
        self.advice.wants_remedies = True
        self.push_screen(ReportScreen(trace, self.advice.remedies, self._key_of))
        self._begin()
