"""Trials at work: seeds, removals and remedies are run while nothing else moves."""

from functools import partial

from engine import Experiment, Trace
from tui.session.jobs import Failed, Job
from tui.session.session import Session
from tui.session.trials import SEEDS
from tui.state.edits import Edit
from tui.state.notices import Notice, notice
from tui.state.ways import Keys, keys_to

LANE = "trial"


class TrialRuns:
    """Runs what is pending, one experiment after another, and does what waited for it.

    `key_of` gives the label of an action's key, for the notice about a remedy.
    """

    def __init__(self, session: Session, key_of: Keys) -> None:
        self._session, self._key_of = session, key_of
        self._to_repair: Experiment | None = None

    @property
    def has_work(self) -> bool:
        """Whether there is something to find out that the next frame can do, or have begun."""
        session = self._session
        is_free = not session.is_computing and not session.jobs.is_busy(LANE)
        return session.trace is not None and is_free and session.trials.has_work

    def work(self) -> None:
        """Run the next experiment, unless one is running."""
        session, pending = self._session, self._session.trials.pending
        if pending is not None and self.has_work:
            work, take = partial(session.traces.measure, pending), partial(self._take, pending)
            job = Job(work, take, on_loop=session.traces.is_quick(pending))
            session.jobs.start(LANE, job)

    def _take(self, experiment: Experiment, result: Trace | Failed) -> None:
        session, trials = self._session, self._session.trials
        for_seeds = trials.wants_seeds and trials.seeds_done < SEEDS
        waited = trials.wants_removals
        trials.take(experiment, None if isinstance(result, Failed) else result)
        if waited and not trials.wants_removals:
            session.changed(True)
        if for_seeds:
            session.say(self._seeds())
        elif trials.remedies is not None:
            self._repair()

    def toggle_seeds(self) -> None:
        """Run 16 seeds and show where most of them are, or stop that."""
        trials = self._session.trials
        trials.wants_seeds = not trials.wants_seeds
        if trials.wants_seeds:
            self._session.say(self._seeds())
            self._begin()
        else:
            self._session.say()

    def repair(self) -> None:
        """Make the change that helps most, once it is known."""
        session = self._session
        if session.trace is None and not session.is_computing:
            session.say(notice("nothing_measured"))
            return
        self._to_repair = session.state.experiment
        session.trials.wants_remedies = True
        if session.trials.remedies is None:
            session.say(notice("trying"))
            self._begin()
        else:
            self._repair()

    def find_remedies(self) -> None:
        """Try what might help, without making it."""
        self._session.trials.wants_remedies = True
        self._begin()

    def _begin(self) -> None:
        pending = self._session.trials.pending
        if pending is not None and not self._session.traces.is_quick(pending):
            self.work()

    def _repair(self) -> None:
        session, remedies = self._session, self._session.trials.remedies
        trace, wanted, self._to_repair = session.trace, self._to_repair, None
        if trace is None or not wanted == trace.experiment == session.state.experiment:
            session.changed(True)
        elif not remedies:
            session.say(notice("nothing_to_repair" if session.is_healthy else "no_remedy"))
        else:
            session.animation.finish()
            best = remedies[0]
            keys = keys_to(trace.experiment, best.candidate, self._key_of)
            told = notice("remedy", before=session.verdict, remedy=best, keys=keys)
            state = session.state.edited(Edit(best.candidate.experiment))
            session.set_state(state.saying(told))

    def _seeds(self) -> Notice:
        """How many seeds were run, or the band of the cursor's layer: it may be very narrow."""
        session = self._session
        state, band = session.state, session.trials.band(session.metric)
        if session.trials.seeds_done < SEEDS or band is None:
            return notice("seeds", done=session.trials.seeds_done, of=SEEDS)
        low, median, high = (float(values[state.cursor - 1]) for values in band)
        is_drawn = state.view == "gradients" and not state.table
        return notice(
            "band",
            of=SEEDS,
            layer=state.cursor,
            low=low,
            median=median,
            high=high,
            drawn=is_drawn,
        )
