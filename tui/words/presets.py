"""Each preset's title, and what there is to look at; a test checks the numbers."""

from tui.words.labels import label

PRESET_TITLES: dict[str, str] = {
    "sigmoid-dies": "The dying net: sigmoid",
    "remedy-relu": "Remedy 1: ReLU",
    "remedy-he": "Remedy 2: He initialisation",
    "remedy-skips": "Remedy 3: skip connections",
    "remedy-batch-norm": "Remedy 4: BatchNorm",
    "small-weights-die": "Small weights die",
    "unit-tanh-explodes": "N(0, 1) weights: tanh explodes",
    "relu-xavier-hides": "ReLU + Xavier: a quiet decay",
    "batch-norm-explodes": "BatchNorm alone explodes",
    "skips-explode": "Skips alone explode",
    "skips-and-batch-norm": "Skips + BatchNorm, 100 layers",
    "selu": "SELU normalises itself",
    "orthogonal-linear": "Orthogonal and linear: perfect",
    "order": "Order: tanh just below the edge",
    "edge-of-chaos": "The edge of chaos",
    "chaos": "Chaos: tanh above the edge",
    "zeros-stay-zero": "Zeros stay zero",
    "spiral-depth-1": "Spiral 1: one layer",
    "spiral-depth-3": "Spiral 2: three layers",
    "spiral-sigmoid-20": "Spiral 3: twenty sigmoid layers",
    "spiral-plain-50": "Spiral 4: fifty plain layers",
    "spiral-remedied-50": "Spiral 5: fifty with remedies",
    "digits-3-plain": "Digits, 3 layers plain",
    "digits-10-plain": "Digits, 10 layers plain",
    "digits-30-plain": "Digits, 30 layers plain",
    "digits-50-plain": "Digits, 50 layers plain",
    "digits-3-remedied": "Digits, 3 layers remedied",
    "digits-10-remedied": "Digits, 10 layers remedied",
    "digits-30-remedied": "Digits, 30 layers remedied",
    "digits-50-remedied": "Digits, 50 layers remedied",
    "digits-50-bypassed": "Digits, 50 layers bypassed",
}

PRESET_LOOKS: dict[str, str] = {
    "sigmoid-dies": "φ' never exceeds 1/4: a trillionth of layer 20's gradient reaches layer 1",
    "remedy-relu": "φ' is 0 or 1: a thousandth reaches layer 1; Xavier loses the rest",
    "remedy-he": "variance 2/fan_in makes up for the half that ReLU cuts: g is flat",
    "remedy-skips": "each layer adds its branch to the skip's 1: without a norm that explodes",
    "remedy-batch-norm": (
        "the norm keeps branches small beside the skip: 4 times here, 12 at 100 layers"
    ),
    "small-weights-die": "N(0, 0.01²): W^T shrinks g to 1/12 a layer; |∂L/∂W| is flat, and 10⁻²¹",
    "unit-tanh-explodes": (
        "most units are saturated, and still ×8 from W^T beats what φ' takes away"
    ),
    "relu-xavier-hides": (
        "g loses seven decades, |∂L/∂W| is flat: h dies the other way, h·δ does not"
    ),
    "batch-norm-explodes": (
        "dividing by the spread multiplies g: ×1.2 a layer, eight decades in all"
    ),
    "skips-explode": "skip and branch together make ×1.7 in every layer, eleven decades in fifty",
    "skips-and-batch-norm": (
        "each of the two explodes alone; together layer 1 gets some ten times as much"
    ),
    "selu": "no norm, no skip: activations stay near rms 1, g within two decades",
    "orthogonal-linear": "rotations change no length: every bar is the same to the last digit",
    "order": "σ_w = 0.9: χ₁ < 1, layer by layer the signal and g die out",
    "edge-of-chaos": "χ₁ = 1: g is flat through two hundred tanh layers without any other remedy",
    "chaos": "σ_w = 2: χ₁ > 1, activations stay bounded and g explodes",
    "zeros-stay-zero": "W = 0 sends nothing back: no hidden weight ever gets a gradient",
    "spiral-depth-1": "enter trains; one layer does not part two turns: below 70 % at step 1000",
    "spiral-depth-3": "what depth is good for: three layers part them, 95 % at step 1000",
    "spiral-sigmoid-20": "the advantage is lost: layers near the input stand still, a coin decides",
    "spiral-plain-50": "fifty layers of ReLU + He at the same rate: no better than a coin",
    "spiral-remedied-50": "BatchNorm and skips: fifty layers learn at this rate, above 90 %",
    "digits-3-plain": "ReLU + He alone: 90 % of the test digits after 20 steps",
    "digits-10-plain": "deeper is dearer: 90 % takes about 120 steps at rate 0.1",
    "digits-30-plain": "dearer still: more than 300 steps at rate 0.03, and 0.1 is too much for it",
    "digits-50-plain": "a thousand steps do not do it: below 50 %",
    "digits-3-remedied": "BatchNorm and skips: 90 % after 40 steps",
    "digits-10-remedied": "the same rate, 90 % after about 50 steps",
    "digits-30-remedied": "three times as deep, still about 60 steps",
    "digits-50-bypassed": "every W stays 0: skips hand on the pixels, the read-out alone gets 97 %",
    "digits-50-remedied": "fifty layers, about 60 steps; but digits need no depth: see the next",
}
"""What there is to look at."""


def preset_words(id: str) -> tuple[str, str]:
    """A preset's title, and what there is to look at."""
    return PRESET_TITLES.get(id, label(id)), PRESET_LOOKS.get(id, "")
