"""The engine of chainrule: deep networks in numpy, and what the chain rule does to their gradients.

from engine import Experiment, run
trace = run(Experiment().with_settings(activation="relu", init="he_normal", depth=50))
"""

from engine.diagnosis import Verdict, verdict
from engine.errors import SettingError
from engine.experiment import Data, Experiment, Network, Training
from engine.inspection import Histogram, Inspection, inspect, inspect_experiment
from engine.runs import Change, Run, Snapshot
from engine.trace import Divergence, Factors, Trace
from engine.training import Trainer, replay, run

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
