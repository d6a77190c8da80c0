"""Changes that were tried, and what they lead to."""

from engine import Verdict
from engine.diagnosis.remedies import Remedy
from engine.experiment.domains import Value
from tui.words.experiment import norm_name
from tui.words.language import Translated, _, later
from tui.words.numbers import amount, number, share_of
from tui.words.verdict import KIND_WORDS

_CHANGES: Translated[tuple[str, Value]] = Translated(
    {
        ("norm", "batch"): later("BatchNorm"),
        ("norm", "none"): later("no norm"),
        ("residual", "none"): later("no skips"),
        ("residual", "pre_activation"): later("pre-activation skips"),
        ("residual", "post_activation"): later("post-activation skips"),
    }
)

_VALUES = Translated(
    {
        "activation": "{value}",
        "norm": later("{value} norm"),
        "init": later("init {value}"),
        "gain": later("gain {value}"),
        "bias_std": later("bias std {value}"),
        "residual_scale": later("residual scale {value}"),
        "dtype": later("dtype {value}"),
    }
)
"""Any other value."""


def _kind_text(verdict: Verdict) -> str:
    """What is told of a network of which no share can be told."""
    return KIND_WORDS[verdict.kind].lower()


def _change_text(remedy: Remedy) -> str:
    setting, value = remedy.candidate.setting, remedy.candidate.value
    name = number(value)
    if (setting, value) in _CHANGES:
        return _CHANGES[setting, value]
    told = _VALUES[setting].format(value=norm_name(name) if setting == "norm" else name)
    return told.replace("_", " ")


def remedy_text(before: Verdict, remedy: Remedy, keys: str) -> str:
    """What a change that was tried would do, with the keys that make it."""
    change = _("{change} (press {keys})").format(change=_change_text(remedy), keys=keys)
    text = _outcomes(change, before, remedy)[0]
    if before.kind == "dead":
        return text
    was = _kind_text(before) if before.decades is None else share_of(_("it"), before.decades)
    return _("{outcome} instead of {was}").format(outcome=text, was=was)


def outcome_texts(before: Verdict, remedy: Remedy) -> tuple[str, ...]:
    """What a change leads to, the longest wording first."""
    return _outcomes(_change_text(remedy), before, remedy)


def _outcomes(change: str, before: Verdict, remedy: Remedy) -> tuple[str, ...]:
    after, depth = remedy.verdict, remedy.candidate.experiment.network.depth
    if after.decades is None:
        return (_("{change}: {kind}").format(change=change, kind=_kind_text(after)),)
    got = share_of(_("layer {layer}'s gradient").format(layer=depth), after.decades)
    if before.kind == "dead":
        learns = _("{change}: every layer learns").format(change=change)
        whole = _("{change}: every layer learns, layer 1 gets {share}")
        return whole.format(change=change, share=got), learns, change
    whole, short = (
        _("{change}: layer 1 gets {share}").format(change=change, share=got),
        _("{change} → {amount} of layer {layer}'s gradient").format(
            change=change, amount=amount(after.decades), layer=depth
        ),
    )
    return whole, short, change


NO_REMEDY = Translated(
    {
        "none": later("no single change that was tried"),
        "too_large": later("trying all that might help takes too long here: f in the app does it"),
        "trained": later("changes are tried at step 0 only"),
        "log": later("nothing is tried on a log"),
        "trying": later("trying what helps …"),
    }
)
"""What stands in the place of remedies, by the reason why there are none."""
