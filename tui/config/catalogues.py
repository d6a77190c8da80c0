"""Every catalogue as names with what they mean: for pickers, `chainrule list` and completion."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.losses import LOSSES
from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.domains import Choice, Real, Whole
from engine.experiment.experiment import DEFAULTS
from engine.experiment.sections import DOMAINS
from tui.state.actions import ACTIONS
from tui.state.keys import key_label
from tui.state.metrics import METRICS
from tui.state.presets import PRESETS
from tui.state.views import PICTURES, VIEWS
from tui.style.themes import THEMES
from tui.words.actions import action_words
from tui.words.labels import titled
from tui.words.language import _
from tui.words.numbers import range_text
from tui.words.presets import preset_words
from tui.words.screens import theme_words
from tui.words.settings import DATASET_WORDS, setting_help
from tui.words.views import metric_text, picture_words, view_words

Entries = tuple[tuple[str, str], ...]

FORMULAS: dict[str, Mapping[str, str]] = {
    "activation": {name: entry.formula for name, entry in ACTIVATIONS.items()},
    "init": {name: entry.formula for name, entry in INITIALIZERS.items()},
    "residual": {name: entry.formula for name, entry in WIRINGS.items()},
    "residual_scale": {name: entry.formula for name, entry in RESIDUAL_SCALES.items()},
    "norm": {"none": "x", **{name: entry.formula for name, entry in NORMALIZATIONS.items()}},
    "norm_position": {"pre": "phi(N(z))", "post": "N(phi(z))"},
    "loss": {name: entry.formula for name, entry in LOSSES.items()},
    "dataset": DATASET_WORDS,
}
"""By setting, what each of its names means."""


def choices(setting: str) -> Entries:
    """The names that a setting can have, each with its formula where it has one."""
    domain = DOMAINS[setting]
    assert isinstance(domain, Choice)
    formulas = FORMULAS.get(setting, {})
    return tuple((name, _(formulas.get(name, ""))) for name in domain.names)


def allowed(setting: str) -> str:
    """A setting's values in words."""
    domain = DOMAINS[setting]
    if isinstance(domain, Choice):
        return ", ".join(domain.names)
    assert isinstance(domain, Whole | Real)
    return range_text(domain.low, domain.high)


def setting_about(setting: str) -> str:
    """What a setting is, its values and its default."""
    return setting_help(setting, allowed(setting), DEFAULTS[setting])


def _plural(setting: str) -> str:
    return {"residual": "wirings"}.get(setting) or setting + ("es" if setting[-1] == "s" else "s")


KINDS: dict[str, Callable[[], Entries]] = {
    **{
        _plural(name): partial(choices, name)
        for name, domain in DOMAINS.items()
        if isinstance(domain, Choice)
    },
    "presets": lambda: tuple((name, titled(*preset_words(name))) for name in PRESETS),
    "settings": lambda: tuple((name, setting_about(name)) for name in DOMAINS),
    "keys": lambda: tuple(
        (a.id, f"{' '.join(map(key_label, a.keys)):<10} {action_words(a.id).label}")
        for a in ACTIONS
    ),
    "views": lambda: tuple((name, view_words(name)[1]) for name in VIEWS),
    "metrics": lambda: tuple((name, metric_text(name)) for name in METRICS),
    "pictures": lambda: tuple((name, picture_words(name)[1]) for name in PICTURES),
    "themes": lambda: tuple((name, theme_words(name, dark)) for name, dark in THEMES.items()),
}
"""What `chainrule list` can list."""
