"""Changes that were tried, and what they lead to."""

from engine import Verdict
from engine.diagnosis.remedies import Remedy
from engine.experiment.domains import Value
from tui.words.numbers import amount, number

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
    """What layer 1 gets, as a multiple of the last layer's gradient."""
    if verdict.decades is None:
        return verdict.kind
    text = amount(verdict.decades)
    return text if "×" in text else f"×{text}"


def remedy_text(before: Verdict, remedy: Remedy, keys: str) -> str:
    """What a change that was tried would do, with the keys that make it."""
    change = f"{_change_text(remedy)} (press {keys})"
    if before.kind == "dead" and remedy.verdict.kind != "dead":
        change += ": every layer learns"
    return f"{_outcomes(change, remedy)[0]} instead of {_gain(before)}"


def outcome_texts(remedy: Remedy) -> tuple[str, ...]:
    """What a change leads to, the longest wording first."""
    return _outcomes(_change_text(remedy), remedy)


def _outcomes(change: str, remedy: Remedy) -> tuple[str, ...]:
    gain = _gain(remedy.verdict)
    if remedy.verdict.decades is None:
        return (f"{change}: {gain}",)
    return f"{change}: layer 1 gets {gain}", f"{change}: {gain}"
