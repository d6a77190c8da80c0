"""The diagnosis in words: a labelled sentence for each finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import Trace
from engine.diagnosis.diagnosis import Diagnosis
from engine.diagnosis.remedies import Remedy
from engine.diagnosis.stretches import Stretch
from tui.words.causes import WHY, cause_texts
from tui.words.chain import FAMILY_WORDS
from tui.words.folklore import remark_text
from tui.words.formats import UNTRIED, limit_text
from tui.words.language import _, later
from tui.words.numbers import amount, listed
from tui.words.remedies import NO_REMEDY, remedy_text
from tui.words.theory import scale_text, theory_text
from tui.words.verdict import badge, verdict_text

TRY = later("what helps")
"""The label of what would help."""


IN_DETAIL = later("in detail")
"""The title of the findings that take more than the chain rule."""


@dataclass(frozen=True)
class Finding:
    """One labelled sentence; details take more than the chain rule to be understood."""

    label: str
    text: str
    is_detail: bool = False


def findings(
    trace: Trace,
    diagnosis: Diagnosis,
    remedies: Sequence[tuple[Remedy, str]],
    no_remedy: str,
) -> list[Finding]:
    """The whole report, the details last; with each remedy go the keys that make it.

    `no_remedy` is the code of why there are none.
    """
    judged = diagnosis.verdict
    found = [Finding(badge(trace, judged).lower(), verdict_text(trace, judged))]
    found += [Finding(_(WHY), text) for text in cause_texts(trace, judged)[:1]]
    saturated = _stretches(diagnosis.saturated, _SATURATED)
    found += [Finding(_("saturated"), text) for text in saturated]
    found += [Finding(_("dead units"), text) for text in _stretches(diagnosis.dead, _DEAD)]
    helping = [remedy_text(judged, remedy, keys) for remedy, keys in remedies]
    if not helping and judged.kind != "healthy":
        helping = [NO_REMEDY[no_remedy]]
    found += [Finding(_(TRY), text) for text in helping]
    return found + [Finding(label, text, True) for label, text in _details(trace, diagnosis)]


def _details(trace: Trace, diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """What is said of shares, number formats and theory, with its label."""
    if diagnosis.shares:
        yield _("factors"), shares_text(diagnosis.shares)
    if diagnosis.limits is None:
        yield _("formats"), UNTRIED["trained" if trace.step else "too_large"]
    for limit in diagnosis.limits or ():
        yield _("formats"), limit_text(limit, trace.depth)
    yield _("theory"), theory_text(trace, diagnosis.gap)
    if diagnosis.scale is not None:
        yield _("depth scale"), scale_text(diagnosis.scale, diagnosis.verdict.factor_per_layer)
    for remark in diagnosis.folklore:
        yield _("folklore"), remark_text(remark)


def shares_text(shares: Mapping[str, float]) -> str:
    """What each factor family adds from the last layer to the first, the largest first."""
    told = sorted(
        ((family, decades) for family, decades in shares.items() if abs(decades) >= 0.05),
        key=lambda share: -abs(share[1]),
    )
    parts = [f"{FAMILY_WORDS[family]} {amount(decades)}" for family, decades in told]
    if not parts:
        return _("all near ×1")
    return _("{factors}: {amount} in all").format(
        factors=listed(parts), amount=amount(sum(shares.values()))
    )


_SATURATED = {
    False: later("layer {layer}: {share} of φ' are below 5 % of its maximum"),
    True: later("layers {layers}: on average {share} of φ' are below 5 % of its maximum"),
}
_DEAD = {
    False: later("layer {layer}: {share} of the units have φ' = 0 on the whole batch"),
    True: later("layers {layers}: on average {share} of the units have φ' = 0 on the whole batch"),
}
"""What is said of one layer, and of several."""

MOST_STRETCHES = 3


def _stretches(found: tuple[Stretch, ...], words: Mapping[bool, str]) -> list[str]:
    texts = [
        _(words[stretch.last > stretch.first]).format(
            layer=stretch.first,
            layers=f"{stretch.first}-{stretch.last}",
            share=f"{stretch.value:.0%}",
        )
        for stretch in found[:MOST_STRETCHES]
    ]
    if len(found) > MOST_STRETCHES:
        more = len(found) - MOST_STRETCHES
        texts[-1] = _("{text}; and {count} more").format(text=texts[-1], count=more)
    return texts
