"""Changes that were tried, and what they lead to."""

from engine import Verdict
from engine.diagnosis.remedies import Remedy
from engine.experiment.domains import Value
from tui.words.numbers import amount, number, share

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


def remedy_text(before: Verdict, remedy: Remedy, keys: str) -> str:
    """What a change that was tried would do, with the keys that make it."""
    text = _outcomes(f"{_change_text(remedy)} (press {keys})", before, remedy)[0]
    if before.kind == "dead":
        return text
    was = before.kind if before.decades is None else f"{share(before.decades)} it"
    return f"{text} instead of {was}"


def outcome_texts(before: Verdict, remedy: Remedy) -> tuple[str, ...]:
    """What a change leads to, the longest wording first."""
    return _outcomes(_change_text(remedy), before, remedy)


def _outcomes(change: str, before: Verdict, remedy: Remedy) -> tuple[str, ...]:
    after, depth = remedy.verdict, remedy.candidate.experiment.network.depth
    if after.decades is None:
        return (f"{change}: {after.kind}",)
    got = f"{share(after.decades)} layer {depth}'s"
    short = f"{change} → {amount(after.decades)} of layer {depth}'s"
    if before.kind == "dead":
        learns = f"{change}: every layer learns"
        return f"{learns}, layer 1 gets {got} gradient", learns, change
    return f"{change}: layer 1 gets {got} gradient", short, change


NO_REMEDY: dict[str, str] = {
    "none": "no single change that was tried",
    "too_large": "trying all that might help takes too long here: f in the app does it",
    "trained": "changes are tried at step 0 only",
    "trying": "trying what helps …",
}
"""What stands in the place of remedies, by the reason why there are none."""
