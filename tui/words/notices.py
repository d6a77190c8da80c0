"""What there is to say about the last key: a template, or a small function, for each code."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine import SettingError
from tui.words.errors import error_text
from tui.words.foreign import filled
from tui.words.layers import sort_text
from tui.words.numbers import number, reading
from tui.words.presets import preset_words
from tui.words.remedies import NO_REMEDY, remedy_text
from tui.words.verdict import divergence_words
from tui.words.views import metric_words, picture_words

Details = Mapping[str, Any]


def _why(code: str, details: Iterable[tuple[str, object]]) -> str:
    return error_text(SettingError(code, **dict(details)))


def _from_step(step: int) -> str:
    return f" from step {step} on" if step else ""


def _clipping(d: Details) -> str:
    words = "no clipping"
    if d["clip_norm"]:
        words = f"gradient clipped to norm {d['clip_norm']:g}"
    elif d["clip_value"]:
        words = f"each gradient element clipped to {d['clip_value']:g}"
    return words + _from_step(d["step"])


def _band(d: Details) -> str:
    median, low, high = (reading(d[name]) for name in ("median", "low", "high"))
    where = "" if d["drawn"] else " (drawn in view 1)"
    return (
        f"{d['of']} seeds, layer {d['layer']}: median {median}, middle 80 % {low} to {high}{where}"
    )


def _settings_file(d: Details) -> str:
    more = f" (and {d['more']} more: chainrule config)" if d["more"] else ""
    return f"settings file: {d['problem']}{more}"


NOTICES: dict[str, str | Callable[[Details], str]] = {
    # settings
    "setting_error": lambda d: _why(*d["why"]),
    "skipped": lambda d: f"skipped {d['value']}: {_why(*d['why'])}",
    "reset": lambda d: ", ".join(f"{name} back to {value}" for name, value in d["settings"]),
    "at_bound": lambda d: f"{d['setting']} is at its bound, {number(d['value'])}",
    "default_experiment": "the default experiment",
    "preset": lambda d: preset_words(d["preset"])[1],
    "last_learning_rate": "learning rate {rate:g} is the last of its steps",
    "learning_rate": lambda d: f"learning rate {d['rate']:g}{_from_step(d['step'])}",
    "clipping": _clipping,
    "optimizer": lambda d: f"{d['optimizer']}: {d['formula']}{_from_step(d['step'])}",
    "nothing_to_undo": "nothing to undo",
    "nothing_to_redo": "nothing to redo",
    # how it is shown
    "speed": "speed ×{speed:g}",
    "theory_on": "theory: fine strokes where bars part from it",
    "theory_off": "the theory line is off",
    "theory_silent": "theory says nothing of {metric}",
    "metric": lambda d: "  ".join(metric_words(d["metric"])),
    "metric_elsewhere": lambda d: f"{'  '.join(metric_words(d['metric']))} (in view 1)",
    "by_layer": "layer by layer",
    "sorted": lambda d: sort_text(d["sort"], d["ascending"]),
    "picture": lambda d: f"{d['picture']}: {picture_words(d['picture'])}",
    "link": "{fps} frames and {kilobytes:.1f} kB in the last second; round trip {ms:.0f} ms",
    "link_silent": (
        "{fps} frames and {kilobytes:.1f} kB in the last second; the terminal answers nothing"
    ),
    "less_motion": "less motion: step the wave with . and ,",
    "close_panel_first": "close the panel first: escape",
    "no_colour": "without colour (NO_COLOR or TERM says so) no theme differs",
    "theme": 'to keep it: theme = "{theme}" in the settings file (chainrule config)',
    "settings_file": _settings_file,
    # runs side by side
    "pinned": "pinned: change one thing and compare; P swaps, p unpins",
    "unpinned": "nothing is pinned any more",
    "nothing_pinned": "nothing is pinned: p pins this run",
    "trained_stays": "runs are swapped at step 0 only; u brings a trained one back",
    "seeds": "seeds {done} of {of}; B stops",
    "band": _band,
    # training
    "rewound": "step 0, the same weights as then; u brings the trained ones back",
    "at_step_0": "this is step 0",
    "restarted": "step 0: the network is another one; u brings the trained one back",
    "not_kept": "the trained network is too large to be kept for later",
    "let_go": "the oldest trained network is not kept any more",
    "let_go_for_it": "u brings the trained one back; the oldest one is not kept",
    "weights_gone": "step 0: the trained weights are not kept any more",
    "back_to_step_0": "backspace goes to step 0",
    "diverged": lambda d: divergence_words(d["step"], d["layer"], d["shown"])[0],
    "no_way_back": "no step that far back is kept: backspace goes to step 0",
    "no_memory": "there is not enough memory for this network: take a smaller one",
    "no_memory_to_train": "there is not enough memory to train this network",
    "quit_asks": "{key} again leaves chainrule: the training run would be lost",
    # remedies
    "trying": NO_REMEDY["trying"],
    "remedy": lambda d: remedy_text(d["before"], d["remedy"], d["keys"]),
    "nothing_to_repair": "this network is healthy: there is nothing to repair",
    "no_remedy": "no single change that was tried helps: d says more",
    # files and the clipboard
    "sent": "sent to the terminal's clipboard: {command}",
    "sent_command": "sent the command to the terminal's clipboard",
    "not_sent": "this opens the same screen: {command}",
    "not_sent_command": "this terminal has no clipboard: copy the command by hand",
    "command_without_changes": (
        "the command is that of step 0: "
        "settings that changed while it trained fit in no command line"
    ),
    "nothing_measured": "nothing is measured yet",
    "cannot_write": "cannot write: {why}",
    "wrote": "wrote {path}",
    "wrote_file": "wrote the file",
}


def notice_text(code: str, details: Details | Iterable[tuple[str, object]] = ()) -> str:
    """The sentence of a notice."""
    entry, values = NOTICES[code], dict(details)
    return filled(entry, values) if isinstance(entry, str) else entry(values)
