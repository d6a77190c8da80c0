"""What is to be said of a logged run, step after step, and what it cannot be asked.

Whether gradients vanish or explode is told by g = dL/dh alone: |dL/dW| can be flat in a network
that is dying. A step without `output_grad_norm` has no verdict and no cause; what is said of it is
what its own numbers show: a value that is not finite, a gradient of exactly 0, and a change against
the layer's own history.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.diagnosis.first_bad_layer import first_bad_layer
from engine.diagnosis.verdict import Verdict
from engine.logs.early_warning import RISE, EarlyWarning, Signs
from engine.logs.history import History
from engine.logs.schema import BrokenLine, Header, LoggedStep
from engine.logs.signs import NORMS, G, exactly_zero, judged, not_finite
from engine.logs.spells import CALM, Spells

UNKNOWN = Verdict("unknown", None, None, None, None)
"""Of what has no g."""

CHANGED = 2.0
"""Decades from a layer's own running median that are told."""

OF_THE_RUN = ("nonfinite", "skipped", "warning")
"""A warning is of a divergence that may be ahead."""

OF_LAYERS = ("exactly_zero", "dead", "changed")
LASTING = (*OF_THE_RUN, *OF_LAYERS)
"""Kinds that begin, last and are over."""

VERDICTS = ("vanishing", "exploding", "healthy")
"""Kinds that take each other's place; dead and not finite are told by themselves."""


@dataclass(frozen=True)
class Finding:
    """Something that begins with a step, or is over.

    `kind` is one of LASTING or VERDICTS, or no_g (the log has layers, and no g), late (the writer
    holds back what it is given: `metric` is the log's format), began_anew, broken_line, done (the
    run ended). `layer`, from 1, is where it is, of several the one nearest
    the output, or that with the largest change; None where it is no layer's. `numbers` tells in
    how many `layers` it begins, `since` which step it was so, `decades` and the like. `metric` is
    the log's field that shows it, `broken` the line that was left out, whose step nobody knows.
    """

    kind: str
    step: int | None
    layer: int | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    metric: str | None = None
    is_over: bool = False
    broken: BrokenLine | None = None


class Judge:
    """Reads one logged step after another; a step that goes back forgets what was before it.

    `verdict` is that of `judged_step`, the last one with g, and `first_bad_layer` the layer nearest
    the output of which it is true; UNKNOWN, None and None before there is one.
    """

    def __init__(self, header: Header) -> None:
        self.header = header
        self._last: tuple[int, int] | None = None
        self._forget()

    def _forget(self) -> None:
        depth = len(self.header.layers)
        self.verdict: Verdict = UNKNOWN
        self.judged_step: int | None = None
        self.first_bad_layer: int | None = None
        self._spells = {kind: Spells(1) for kind in OF_THE_RUN}
        self._spells |= {kind: Spells(depth) for kind in OF_LAYERS}
        self._early_warning = EarlyWarning()
        self._history = History(depth)
        self._compared: str | None = None
        self._told: str | None = None
        self._healthy: list[int] = []
        self._misses_g: bool | None = None

    def read(self, step: LoggedStep) -> tuple[Finding, ...]:
        """What is new with this step."""
        return tuple(self._read(step))

    def _read(self, step: LoggedStep) -> Iterator[Finding]:
        last, self._last = self._last, (step.segment, step.step)
        if last is not None and (step.segment != last[0] or step.step < last[1]):
            self._forget()
            yield Finding("began_anew", step.step)
        yield from self._run(step)
        if self._misses_g is None and (G in step.arrays or (step.arrays and not step.skipped)):
            # of a skipped step a writer may have less than of others, and never more
            self._misses_g = G not in step.arrays
            if self._misses_g:
                yield Finding("no_g", step.step)
        if not step.skipped:
            yield from self._layers(step)
        found = judged(self.header, step)
        if found is not None:
            self.verdict, self.judged_step = found, step.step
            self.first_bad_layer = first_bad_layer(found, step.arrays[G])
            yield from self._verdict(step)
        if step.last:
            yield Finding("done", step.step)

    def _run(self, step: LoggedStep) -> Iterator[Finding]:
        begins, over = self._lasting(step, "skipped", np.array([step.skipped]))
        if len(begins):
            scale = {"scale": step.numbers["scale"]} if "scale" in step.numbers else {}
            yield Finding("skipped", step.step, None, scale)
        yield from over
        found = not_finite(step)
        begins, over = self._lasting(step, "nonfinite", np.array([found is not None]))
        if found is not None and len(begins):
            yield Finding("nonfinite", step.step, found.layer, metric=found.metric)
        yield from over
        signs = self._early_warning.read(step)
        begins, over = self._lasting(step, "warning", np.array([signs.warns()]))
        if len(begins):
            yield _warning(step.step, signs)
        yield from over

    def _layers(self, step: LoggedStep) -> Iterator[Finding]:
        zero = exactly_zero(step)
        if zero is not None:
            yield from self._begun(step, "exactly_zero", zero)
        if "dead" in step.arrays:
            yield from self._begun(step, "dead", step.arrays["dead"] > 0)
        if self._compared is None:
            self._compared = next((name for name in NORMS if name in step.arrays), None)
        if self._compared is not None and self._compared in step.arrays:
            apart = np.nan_to_num(self._history.read(step.arrays[self._compared]))
            begins, over = self._lasting(step, "changed", np.abs(apart) > CHANGED)
            if len(begins):
                most = begins[np.abs(apart[begins]).argmax()]
                numbers = {"layers": len(begins), "decades": float(apart[most])}
                yield Finding("changed", step.step, int(most) + 1, numbers, self._compared)
            yield from over

    def _begun(self, step: LoggedStep, kind: str, is_so: NDArray[np.bool_]) -> Iterator[Finding]:
        """The finding where something begins in layers, told by the one nearest the output."""
        begins, over = self._lasting(step, kind, is_so)
        if len(begins):
            yield Finding(kind, step.step, int(begins[-1]) + 1, {"layers": len(begins)})
        yield from over

    def _lasting(
        self, step: LoggedStep, kind: str, is_so: NDArray[np.bool_]
    ) -> tuple[NDArray[np.intp], list[Finding]]:
        """The layers where something begins, and the finding where it is over in all of them."""
        spells = self._spells[kind]
        since = spells.since
        begins = np.flatnonzero(spells.read(step.step, is_so))
        if since is None or spells.since is not None:
            return begins, []
        return begins, [Finding(kind, step.step, numbers={"since": since}, is_over=True)]

    def _verdict(self, step: LoggedStep) -> Iterator[Finding]:
        """That the verdict is another one; healthy again only after a while."""
        kind = self.verdict.kind
        self._healthy = [*self._healthy, step.step][:CALM] if kind == "healthy" else []
        is_again = self._told is not None and len(self._healthy) < CALM
        if kind == self._told or (kind == "healthy" and is_again):
            return
        self._told = kind
        if kind in VERDICTS:
            told = {name: getattr(self.verdict, name) for name in ("decades", "factor_per_layer")}
            numbers = {name: value for name, value in told.items() if value is not None}
            if self._healthy:
                numbers["since"] = self._healthy[0]
            yield Finding(kind, step.step, self.first_bad_layer, numbers, G)


def _warning(step: int, signs: Signs) -> Finding:
    """A warning, told by the loss where that shows it already."""
    if signs.rise > RISE:
        return Finding("warning", step, numbers={"decades": signs.decades}, metric="loss")
    return Finding("warning", step, numbers={"move": signs.move}, metric="update_ratio")
