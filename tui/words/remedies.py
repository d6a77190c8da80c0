"""Changes that were tried, and what they lead to."""

from engine import Verdict
from engine.diagnosis.remedies import Remedy
from engine.experiment.domains import Value
from tui.words.numbers import number, power

_CHANGES: dict[tuple[str, Value], str] = {
    ("norm", "batch"): "BatchNorm",
    ("norm", "none"): "no norm",
    ("residual", "none"): "no skips",
    ("residual", "pre_activation"): "pre-activation skips",
    ("residual", "post_activation"): "post-activation skips",
}


def _change_text(remedy: Remedy) -> str:
    setting, value = remedy.candidate.setting, remedy.candidate.value
    name = number(value)
    words = {"activation": name, "norm": f"{name} norm"}
    own = words.get(setting, f"{setting} {name}").replace("_", " ")
    return _CHANGES.get((setting, value), own)


def _gain(verdict: Verdict) -> str:
    return power(verdict.decades) if verdict.decades is not None else verdict.kind


def remedy_text(before: Verdict, remedy: Remedy, keys: str) -> str:
    """What a change that was tried would do, with the keys that make it."""
    outcome = f"from {_gain(before)} to {_gain(remedy.verdict)}"
    return f"[{keys}] {_change_text(remedy)}: {outcome}"


def outcome_text(remedy: Remedy) -> str:
    """What a change leads to, briefly."""
    return f"{_change_text(remedy)} → {_gain(remedy.verdict)}"
