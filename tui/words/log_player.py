"""A log that is played or followed: what it is of, and where in it one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.words.foreign import named, visible
from tui.words.language import Translated, _, later, n_

NO_VERDICT = later("NO VERDICT")

RECORD_G = later("weight gradients cannot show vanishing: record g"), later("record g to judge")
"""Why a step has no verdict, the longest wording first."""

NO_LAYERS = later("the log has no gradients of layers here, so no bars"), later("no layers here")
"""And why there is nothing to be judged at all."""

LAYER_ORDERS = Translated(
    {
        "header": "",
        "natural": later("in natural order of names"),
        "file": later("in the order of a file"),
    }
)
"""Where the layers' order is from, unless the log says it."""

FORMAT_NAMES: dict[str, str] = {
    "run_log": "chainrule",
    "tensorboard": "TensorBoard",
    "trainer_state": "transformers",
    "wandb": "wandb",
    "lightning_csv": "Lightning",
}
"""Who writes logs of a format; another one's name is its own."""

LATE = Translated(
    {
        "trainer_state": later("written with each checkpoint, not live"),
        "wandb": later("written 32 KiB at a time, not quite live"),
        "lightning_csv": later("written every 100 steps, or as flush_logs_every_n_steps says"),
    }
)
"""Of formats whose writers hold back what they are given."""

LIVE = later("live")


def what_texts(path: str, what: Any, format: str, depth: int, order: str) -> list[str]:
    """What a log is of, the most important first: its own words, else its file's name."""
    told = what.get("name", what.get("model", "")) if isinstance(what, Mapping) else what
    name = told if isinstance(told, str) and told.strip() else path.rstrip("/").split("/")[-1]
    layers = n_("{count} layer", "{count} layers", depth).format(count=depth)
    about = [layers, LAYER_ORDERS[order]] if depth else []
    return [named(name, 36), *filter(None, [*about, format_name(format), LATE.get(format)])]


def format_name(format: str) -> str:
    """Who writes logs of that format."""
    return FORMAT_NAMES.get(format, visible(format))


def step_of_text(step: int, last: int) -> tuple[str, str]:
    """Where one is, and how far it goes."""
    return _("step {step:,}").format(step=step), _(" of {last:,}").format(last=last)


def clock_text(seconds: float) -> str:
    """Hours, minutes and seconds since the start."""
    if not 0 <= seconds < 1e9:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def silent_text(seconds: float) -> str:
    """How long there has been no new step."""
    return _("no new step for {time}").format(time=_duration(seconds))


def _duration(seconds: float) -> str:
    if seconds < 60:
        return _("{count:g} s").format(count=seconds)
    if seconds < 3600:
        return _("{count:g} min").format(count=seconds // 60)
    return _("{count:g} h").format(count=seconds // 3600)


GONE = later("the file is gone")


def measured_text(step: int) -> str:
    """Of which step gradients are, where it is an earlier one."""
    return _("g of step {step:,}").format(step=step)


def missing_text(field: str) -> str:
    """Which field a view would need."""
    return _('needs "{field}", which the log does not have').format(field=field)
