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
from tui.words.numbers import amount
from tui.words.remedies import NO_REMEDY, remedy_text
from tui.words.theory import scale_text, theory_text
from tui.words.verdict import badge, verdict_text

TRY = "what helps"
"""The label of what would help."""


IN_DETAIL = "in detail"
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
    found += [Finding(WHY, text) for text in cause_texts(trace, judged)[:1]]
    found += [Finding("saturated", text) for text in _stretches(diagnosis.saturated, _SATURATED)]
    found += [Finding("dead units", text) for text in _stretches(diagnosis.dead, _DEAD)]
    helping = [remedy_text(judged, remedy, keys) for remedy, keys in remedies]
    if not helping and judged.kind != "healthy":
        helping = [NO_REMEDY[no_remedy]]
    found += [Finding(TRY, text) for text in helping]
    return found + [Finding(label, text, True) for label, text in _details(trace, diagnosis)]


def _details(trace: Trace, diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """What is said of shares, number formats and theory, with its label."""
    if diagnosis.shares:
        yield "factors", shares_text(diagnosis.shares)
    if diagnosis.limits is None:
        yield "formats", UNTRIED["trained" if trace.step else "too_large"]
    for limit in diagnosis.limits or ():
        yield "formats", limit_text(limit, trace.depth)
    yield "theory", theory_text(trace, diagnosis.gap)
    if diagnosis.scale is not None:
        yield "depth scale", scale_text(diagnosis.scale, diagnosis.verdict.factor_per_layer)
    for remark in diagnosis.folklore:
        yield "folklore", remark_text(remark)


def shares_text(shares: Mapping[str, float]) -> str:
    """What each factor family adds from the last layer to the first, the largest first."""
    told = sorted(
        ((family, decades) for family, decades in shares.items() if abs(decades) >= 0.05),
        key=lambda share: -abs(share[1]),
    )
    parts = [f"{FAMILY_WORDS[family]} {amount(decades)}" for family, decades in told]
    return f"{', '.join(parts)}: {amount(sum(shares.values()))} in all" if parts else "all near ×1"


_SATURATED = "{share:.0%} of φ' are below 5 % of its maximum"
_DEAD = "{share:.0%} of the units have φ' = 0 on the whole batch"
MOST_STRETCHES = 3


def _stretches(found: tuple[Stretch, ...], words: str) -> list[str]:
    texts = []
    for stretch in found[:MOST_STRETCHES]:
        typical = "on average " if stretch.last > stretch.first else ""
        texts.append(f"{_layers(stretch)}: {typical}{words.format(share=stretch.value)}")
    if len(found) > MOST_STRETCHES:
        texts[-1] += f"; and {len(found) - MOST_STRETCHES} more"
    return texts


def _layers(stretch: Stretch) -> str:
    if stretch.first == stretch.last:
        return f"layer {stretch.first}"
    return f"layers {stretch.first}-{stretch.last}"
