"""What each setting is, its flag, and the nearest name to a mistyped one."""

from collections.abc import Iterable

from tui.words.labels import Labels
from tui.words.numbers import number

SETTING_HELP = Labels(
    activation="phi, applied to each unit",
    negative_slope="slope of leaky_relu below 0",
    depth="number of hidden layers",
    width="units in each hidden layer",
    init="how the hidden weights are drawn",
    gain="multiplies the hidden weights",
    bias_std="standard deviation of the hidden biases",
    residual="skip connection round each layer",
    residual_scale="coefficients of skip and branch",
    norm="normalisation in each layer",
    norm_position="before or after the activation",
    dtype="number type of every pass",
    dataset="what the network sees",
    input_dim="features of gaussian data; 0: the width",
    noise="noise on the inputs, in standard deviations",
    test_fraction="share of the samples kept for testing",
    batch_size="samples in each pass",
    seed="decides every random draw",
    loss="what the gradient is the gradient of",
    optimizer="how a gradient becomes a step",
    learning_rate="eta, the length of a step",
    momentum="what momentum and nesterov keep of the last step",
    weight_decay="pulls the weights towards 0",
    schedule="the learning rate's course over the steps",
    schedule_steps="where cosine reaches 0",
    warmup="steps in which the learning rate rises",
    clip_value="bound of each gradient element; 0: none",
    clip_norm="bound of the gradient's norm; 0: none",
)

SCREEN_HELP = Labels(
    cursor="layer under the cursor",
    view="view to open",
    metric="what the bars show",
    theory="the predicted line over the bars",
    table="digits instead of the view",
    legend="what the signs on the screen mean",
    sort="the table's order",
    ascending="the table's smallest first",
    picture="what the training view shows beside the curves",
)


def setting_help(name: str, allowed: str, default: object) -> str:
    """What a setting is, its values and its default."""
    return f"{SETTING_HELP[name]}: {allowed} (default {number(default)})"


def screen_help(name: str, values: Iterable[str]) -> str:
    """What a flag of the screen sets, and what it can be."""
    words, listed = SCREEN_HELP[name], ", ".join(values)
    return f"{words}: {listed}" if listed else words


DATASET_WORDS: dict[str, str] = {
    "digits": "8x8 handwritten digits",
    "circle": "a disc in a ring",
    "xor": "the sign of x1 x2",
    "gauss": "two normal clouds",
    "moons": "two half moons",
    "spiral": "two interleaved spirals of two turns",
    "gaussian": "x ~ N(0, 1), random labels",
}
"""What the samples of each dataset are."""


def flag(setting: str) -> str:
    """The command line's name of a setting."""
    return "--" + setting.replace("_", "-")


_LEAST_BEGINNING = 3


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


_LONGEST = 100
"""Of a longer word no name is a mistyped one, and to look for one takes long."""


def suggestion(word: object, allowed: Iterable[str]) -> str:
    """A clause that names the nearest match, or nothing.

    One that begins like the word (he, postact), or that the word begins with (batchnorm), is
    nearer than any other: people shorten names more often than they mistype them.
    """
    if not isinstance(word, str) or len(word) > _LONGEST:
        return ""
    names, typed = list(allowed), _plain(word)
    matches = [name for name in names if typed and _plain(name).startswith(typed)] or sorted(
        (n for n in names if len(n) >= _LEAST_BEGINNING and typed.startswith(_plain(n))),
        key=len,
        reverse=True,
    )
    if not matches:
        # of what all options begin with nothing makes two of them alike
        plain = {_plain(name): name for name in names}
        # needed after a mistake only
        import difflib

        matches = [plain[near] for near in difflib.get_close_matches(typed, plain, 1, 0.5)]
    return f" (did you mean {matches[0]}?)" if matches else ""
