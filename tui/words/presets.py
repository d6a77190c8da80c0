"""Each preset's title, and what there is to look at; a test checks the numbers."""

from tui.words.labels import label
from tui.words.language import Translated, later

PRESET_TITLES = Translated(
    {
        "sigmoid-dies": later("The dying net: sigmoid"),
        "remedy-relu": later("Remedy 1: ReLU"),
        "remedy-he": later("Remedy 2: He initialisation"),
        "remedy-skips": later("Remedy 3: skip connections"),
        "remedy-batch-norm": later("Remedy 4: BatchNorm"),
        "race-remedies": later("Race: sigmoid against remedies"),
        "small-weights-die": later("Small weights die"),
        "unit-tanh-explodes": later("N(0, 1) weights: tanh explodes"),
        "relu-xavier-hides": later("ReLU + Xavier: a quiet decay"),
        "batch-norm-explodes": later("BatchNorm alone explodes"),
        "skips-explode": later("Skips alone explode"),
        "skips-and-batch-norm": later("Skips + BatchNorm, 100 layers"),
        "selu": later("SELU normalises itself"),
        "orthogonal-linear": later("Orthogonal and linear: perfect"),
        "order": later("Order: tanh just below the edge"),
        "edge-of-chaos": later("The edge of chaos"),
        "chaos": later("Chaos: tanh above the edge"),
        "zeros-stay-zero": later("Zeros stay zero"),
        "spiral-depth-1": later("Spiral 1: one layer"),
        "spiral-depth-3": later("Spiral 2: three layers"),
        "spiral-sigmoid-20": later("Spiral 3: twenty sigmoid layers"),
        "spiral-plain-50": later("Spiral 4: fifty plain layers"),
        "spiral-remedied-50": later("Spiral 5: fifty with remedies"),
        "digits-3-plain": later("Digits, 3 layers plain"),
        "digits-10-plain": later("Digits, 10 layers plain"),
        "digits-30-plain": later("Digits, 30 layers plain"),
        "digits-50-plain": later("Digits, 50 layers plain"),
        "digits-3-remedied": later("Digits, 3 layers remedied"),
        "digits-10-remedied": later("Digits, 10 layers remedied"),
        "digits-30-remedied": later("Digits, 30 layers remedied"),
        "digits-50-remedied": later("Digits, 50 layers remedied"),
        "digits-50-bypassed": later("Digits, 50 layers bypassed"),
    }
)

PRESET_LOOKS = Translated(
    {
        "sigmoid-dies": later(
            "φ' never exceeds 1/4: a trillionth of layer 20's gradient reaches layer 1"
        ),
        "remedy-relu": later("φ' is 0 or 1: a thousandth reaches layer 1; Xavier loses the rest"),
        "remedy-he": later("variance 2/fan_in makes up for the half that ReLU cuts: g is flat"),
        "remedy-skips": later(
            "each layer adds its branch to the skip's 1: without a norm that explodes"
        ),
        "remedy-batch-norm": later(
            "the norm keeps branches small beside the skip: 4 times here, 12 at 100 layers"
        ),
        "race-remedies": later(
            "30 layers, the same batches: chance, and 90 % of the test digits at step 50"
        ),
        "small-weights-die": later(
            "N(0, 0.01²): W^T shrinks g to 1/12 a layer; |∂L/∂W| is flat, and 10⁻²¹"
        ),
        "unit-tanh-explodes": later(
            "most units are saturated, and still ×8 from W^T beats what φ' takes away"
        ),
        "relu-xavier-hides": later(
            "g loses seven decades, |∂L/∂W| is flat: h dies the other way, h·δ does not"
        ),
        "batch-norm-explodes": later(
            "dividing by the spread multiplies g: ×1.2 a layer, eight decades in all"
        ),
        "skips-explode": later(
            "skip and branch together make ×1.7 in every layer, eleven decades in fifty"
        ),
        "skips-and-batch-norm": later(
            "each of the two explodes alone; together layer 1 gets some ten times as much"
        ),
        "selu": later("no norm, no skip: activations stay near rms 1, g within two decades"),
        "orthogonal-linear": later(
            "rotations change no length: every bar is the same to the last digit"
        ),
        "order": later("σ_w = 0.9: χ₁ < 1, layer by layer the signal and g die out"),
        "edge-of-chaos": later(
            "χ₁ = 1: g is flat through two hundred tanh layers without any other remedy"
        ),
        "chaos": later("σ_w = 2: χ₁ > 1, activations stay bounded and g explodes"),
        "zeros-stay-zero": later("W = 0 sends nothing back: no hidden weight ever gets a gradient"),
        "spiral-depth-1": later(
            "enter trains; one layer does not part two turns: below 70 % at step 1000"
        ),
        "spiral-depth-3": later(
            "what depth is good for: three layers part them, 95 % at step 1000"
        ),
        "spiral-sigmoid-20": later(
            "the advantage is lost: layers near the input stand still, a coin decides"
        ),
        "spiral-plain-50": later(
            "fifty layers of ReLU + He at the same rate: no better than a coin"
        ),
        "spiral-remedied-50": later(
            "BatchNorm and skips: fifty layers learn at this rate, above 90 %"
        ),
        "digits-3-plain": later("ReLU + He alone: 90 % of the test digits after 20 steps"),
        "digits-10-plain": later("deeper is dearer: 90 % takes about 120 steps at rate 0.1"),
        "digits-30-plain": later(
            "dearer still: more than 300 steps at rate 0.03, and 0.1 is too much for it"
        ),
        "digits-50-plain": later("a thousand steps do not do it: below 50 %"),
        "digits-3-remedied": later("BatchNorm and skips: 90 % after 40 steps"),
        "digits-10-remedied": later("the same rate, 90 % after about 50 steps"),
        "digits-30-remedied": later("three times as deep, still about 60 steps"),
        "digits-50-bypassed": later(
            "every W stays 0: skips hand on the pixels, the read-out alone gets 97 %"
        ),
        "digits-50-remedied": later(
            "fifty layers, about 60 steps; but digits need no depth: see the next"
        ),
    }
)
"""What there is to look at."""


def preset_words(id: str) -> tuple[str, str]:
    """A preset's title, and what there is to look at."""
    return PRESET_TITLES.get(id, label(id)), PRESET_LOOKS.get(id, "")
