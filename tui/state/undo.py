"""Which run a change leads to: a trained network goes on only where it is still the same one."""

from dataclasses import replace

from engine import Experiment, Run


def continued(run: Run, experiment: Experiment) -> Run:
    """The run once its experiment is to be another.

    Other training settings go on from its step; another network or other data start at step 0.
    """
    if run.step and _is_same_task(run.current, experiment):
        return run.changed(experiment.training)
    return Run(experiment)


def returned(run: Run, target: Run) -> Run:
    """The run that undoing leads to, from `run` back to `target`.

    A training setting is put back without losing the steps since; else it is the target itself.
    """
    goes_on = 0 < run.step >= target.step and _is_same_task(run.current, target.current)
    if goes_on and run.current != target.current:
        return run.changed(target.current.training)
    return target


def _is_same_task(experiment: Experiment, other: Experiment) -> bool:
    return replace(experiment, training=other.training) == other
