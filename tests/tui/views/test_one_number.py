"""One number for one fact: every place tells the same of the same network, to the last digit."""

import csv
import io
import json
import math
import re

import numpy as np
import pytest

from engine import Trace, run, verdict
from engine.diagnosis.diagnosis import diagnose
from engine.measure.product import product_down_to
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.varied import varied_experiments
from tui.charts.formula import formula_strips
from tui.charts.painter import Painter
from tui.state.animations import Wave
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.doctor_report import Report
from tui.views.doctor_report import to_json as doctor_json
from tui.views.doctor_report import to_text as doctor_text
from tui.views.layer_lines import factors_line
from tui.views.trace_records import to_csv, to_json
from tui.views.trace_text import to_text
from tui.views.verdict_line import wave_line
from tui.words.numbers import amount, ratio
from tui.words.verdict import verdict_texts

PAINTER = Painter(Palette(), BLOCKS)
AMOUNT = r"(\d[\d.]*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
IN_WORDS = rf"(?:about a \w+|[\d.]+ \w+) \({AMOUNT}\)|{AMOUNT}"


def told_decades(text: str) -> str | None:
    """What a text says that layer 1 gets of the last layer's gradient."""
    flat = re.sub(r"\s+", " ", text)
    found = re.search(rf"layer 1 gets (?:{IN_WORDS}) (?:of|times) layer \d+'s gradient", flat)
    return found and (found[1] or found[2])


def told_factor(text: str) -> str | None:
    """What a text says that a layer does on average."""
    found = re.search(r"(×\S+|[\d.]+ × 10\S+) a layer", re.sub(r"\s+", " ", text))
    return found and found[1]


def traces(seed: int) -> list[Trace]:
    """Ten varied networks, every third trained for some steps."""
    found = []
    for number, experiment in enumerate(varied_experiments(10, seed)):
        trace = run(experiment, steps=0 if number % 3 else 8)
        if trace.divergence is None:
            found.append(trace)
    return found


@pytest.mark.parametrize("seed", cases(range(30), lambda seed: seed == 0))
def test_every_place_tells_the_same_decades_and_the_same_factor(seed: int) -> None:
    """Header, chain, run text, doctor text, both JSONs and CSV."""
    for trace in traces(seed):
        judged = verdict(trace)
        record = json.loads(to_json(trace, judged, ()))
        report = Report(trace, diagnose(trace), ())
        of_doctor = json.loads(doctor_json(report))["verdict"]
        assert record["verdict"]["decades"] == of_doctor["decades"] == judged.decades
        assert record["verdict"]["factor_per_layer"] == of_doctor["factor_per_layer"]
        rows = list(csv.DictReader(io.StringIO(to_csv(trace))))
        sizes = [float(row["output_grad_norm"] or "nan") for row in rows]
        told = [
            " ".join(verdict_texts(trace, judged)),
            to_text(trace, judged, 100, BLOCKS),
            doctor_text(report, 100, BLOCKS),
        ]
        if judged.decades is None or judged.factor_per_layer is None:
            assert [told_decades(text) for text in told] == [None] * 3
            continue
        assert math.log10(sizes[0]) - math.log10(sizes[-1]) == pytest.approx(judged.decades)
        assert judged.factor_per_layer ** (trace.depth - 1) == pytest.approx(
            10**judged.decades, rel=1e-6
        )
        if judged.kind != "dead":
            spoken = amount(judged.decades)
            for text in told:
                flat = re.sub(r"\s+", " ", text)
                assert told_decades(flat) == spoken, text
        for text in told:
            assert told_factor(text) in (None, ratio(judged.factor_per_layer))
        whole = product_down_to(trace, 1)
        product, average = (row.text for row in formula_strips(PAINTER, whole, whole, 200))
        assert f"= {amount(judged.decades)}  " in product
        assert average.rstrip().endswith(ratio(judged.factor_per_layer))


def test_the_wave_tells_the_bar_that_it_has_reached() -> None:
    """As a multiple of the last layer's; at layer 1 it is what the verdict says."""
    trace = run(experiment_of(depth=12))
    bars = trace.output_grad_norm
    for position in range(13, 25):
        wave = Wave(12, position)
        layer = wave.reached
        text = wave_line(PAINTER, trace, wave, 78).plain
        assert f"{amount(float(np.log10(bars[layer - 1] / bars[-1])))} of g₁₂" in text


@pytest.mark.parametrize("seed", cases(range(30), lambda seed: seed == 0))
def test_a_step_is_the_ratio_of_neighbouring_bars(seed: int) -> None:
    """The cursor's line at every layer from 2 on."""
    for trace in traces(seed):
        bars = trace.output_grad_norm
        for layer in range(2, trace.depth + 1):
            line = factors_line(PAINTER, trace, layer, 200).plain
            with np.errstate(all="ignore"):
                step = float(bars[layer - 2] / bars[layer - 1])
            if math.isfinite(step):
                assert line.endswith(ratio(step)), (line, step)
