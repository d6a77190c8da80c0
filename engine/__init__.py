"""The engine of chainrule: deep networks in numpy, and what the chain rule does to their gradients.

from engine import Experiment, run
trace = run(Experiment().with_settings(activation="relu", init="he_normal", depth=50))
"""

from engine.diagnosis import Verdict, verdict
from engine.errors import SettingError
from engine.experiment import Data, Experiment, Network, Training
from engine.inspection import Histogram, Inspection, inspect, inspect_experiment
from engine.trace import Factors, Trace
from engine.training import Trainer, run

__all__ = [
    "Data",
    "Experiment",
    "Factors",
    "Histogram",
    "Inspection",
    "Network",
    "SettingError",
    "Trace",
    "Trainer",
    "Training",
    "Verdict",
    "inspect",
    "inspect_experiment",
    "run",
    "verdict",
]
