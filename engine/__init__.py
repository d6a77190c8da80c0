"""The engine of chainrule: deep networks in numpy, and what the chain rule does to their gradients.

from engine import Experiment, run
trace = run(Experiment().with_settings(activation="relu", init="he_normal", depth=50))
"""

from engine.diagnosis.diagnosis import Verdict, verdict
from engine.experiment.experiment import Data, Experiment, Network, Training
from engine.measure.inspection import Histogram, Inspection, inspect, inspect_experiment
from engine.measure.trace import Divergence, Factors, Trace
from engine.numerics.errors import SettingError
from engine.training.runs import Change, Run, Snapshot
from engine.training.trainer import Trainer, replay, run

__all__ = [
    "Change",
    "Data",
    "Divergence",
    "Experiment",
    "Factors",
    "Histogram",
    "Inspection",
    "Network",
    "Run",
    "SettingError",
    "Snapshot",
    "Trace",
    "Trainer",
    "Training",
    "Verdict",
    "inspect",
    "inspect_experiment",
    "replay",
    "run",
    "verdict",
]
