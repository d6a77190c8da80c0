"""The engine of chainrule: deep networks in numpy, and what the chain rule does to their gradients.

from engine import Experiment, run
trace = run(Experiment().with_settings(activation="relu", init="he_normal", depth=50))
"""

from engine.diagnosis.verdict import Verdict, verdict
from engine.experiment.experiment import Experiment
from engine.experiment.runs import Change, Run
from engine.experiment.sections import Data, Network, Training
from engine.measure.inspection import Histogram, Inspection
from engine.measure.trace import Divergence, Factors, Trace
from engine.numerics.errors import SettingError
from engine.training.snapshots import Snapshot
from engine.training.trainer import Trainer, inspect, inspect_experiment, replay, run

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
