"""What each setting is, its flag, and the nearest name to a mistyped one."""

from collections.abc import Iterable

from tui.words.labels import Labels
from tui.words.language import Translated, _, later
from tui.words.numbers import number, range_text

SETTING_HELP = Labels(
    activation=later("phi, applied to each unit"),
    negative_slope=later("slope of leaky_relu below 0"),
    depth=later("number of hidden layers"),
    width=later("units in each hidden layer"),
    init=later("how the hidden weights are drawn"),
    gain=later("multiplies the hidden weights"),
    bias_std=later("standard deviation of the hidden biases"),
    residual=later("skip connection round each layer"),
    residual_scale=later("coefficients of skip and branch"),
    norm=later("normalisation in each layer"),
    norm_position=later("before or after the activation"),
    dtype=later("number type of every pass"),
    dataset=later("what the network sees"),
    input_dim=later("features of gaussian data; 0: the width"),
    noise=later("noise on the inputs, in standard deviations"),
    test_fraction=later("share of the samples kept for testing"),
    batch_size=later("samples in each pass"),
    seed=later("decides every random draw"),
    loss=later("what the gradient is the gradient of"),
    optimizer=later("how a gradient becomes a step"),
    learning_rate=later("eta, the length of a step"),
    momentum=later("what momentum and nesterov keep of the last step"),
    weight_decay=later("pulls the weights towards 0"),
    schedule=later("the learning rate's course over the steps"),
    schedule_steps=later("where cosine reaches 0"),
    warmup=later("steps in which the learning rate rises"),
    clip_value=later("bound of each gradient element; 0: none"),
    clip_norm=later("bound of the gradient's norm; 0: none"),
)

SCREEN_HELP = Labels(
    cursor=later("layer under the cursor"),
    view=later("view to open"),
    metric=later("what the bars show"),
    theory=later("the predicted line over the bars"),
    table=later("digits instead of the view"),
    legend=later("what the signs on the screen mean"),
    sort=later("the table's order"),
    ascending=later("the table's smallest first"),
    picture=later("what the training view shows beside the curves"),
)


def setting_help(name: str, allowed: str, default: object) -> str:
    """What a setting is, its values and its default."""
    template = _("{what}: {allowed} (default {default})")
    return template.format(what=SETTING_HELP[name], allowed=allowed, default=number(default))


def with_range(what: str, low: float, high: float) -> str:
    """What a setting is, and its bounds."""
    return _("{what} ({range})").format(what=what, range=range_text(low, high))


def screen_help(name: str, values: Iterable[str]) -> str:
    """What a flag of the screen sets, and what it can be."""
    words, listed = SCREEN_HELP[name], ", ".join(values)
    return _("{what}: {allowed}").format(what=words, allowed=listed) if listed else words


DATASET_WORDS = Translated(
    {
        "digits": later("8x8 handwritten digits"),
        "circle": later("a disc in a ring"),
        "xor": later("the sign of x1 x2"),
        "gauss": later("two normal clouds"),
        "moons": later("two half moons"),
        "spiral": later("two interleaved spirals of two turns"),
        "gaussian": later("x ~ N(0, 1), random labels"),
    }
)
"""What the samples of each dataset are."""


FORMULA_WORDS = (
    later("Haar orthogonal"),
    later("U(+-1/sqrt(fan_in)), biases too"),
    later("adam, and W -= eta weight_decay W"),
    later("edge of chaos: sigma_w^2 E phi'^2 = 1"),
    later("orthogonal / std of the batch's z"),
)
"""Of the catalogues' formulas those that are not mathematics alone."""


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
    return _(" (did you mean {name}?)").format(name=matches[0]) if matches else ""
