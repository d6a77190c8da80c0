"""What there is to say about the last key: a template, or a small function, for each code."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine import SettingError
from tui.words.errors import error_text
from tui.words.findings import step_text
from tui.words.foreign import filled
from tui.words.labels import titled
from tui.words.language import _, later
from tui.words.layers import sort_text
from tui.words.numbers import listed, number, reading
from tui.words.presets import preset_words
from tui.words.race import pace_text
from tui.words.remedies import NO_REMEDY, remedy_text
from tui.words.run_log import broken_line_text, left_out_text
from tui.words.verdict import divergence_words
from tui.words.views import metric_words, picture_words

Details = Mapping[str, Any]


def _why(code: str, details: Iterable[tuple[str, object]]) -> str:
    return error_text(SettingError(code, **dict(details)))


def _from_step(step: int) -> str:
    return _(" from step {step} on").format(step=step) if step else ""


def _clipping(d: Details) -> str:
    words = _("no clipping")
    if d["clip_norm"]:
        words = _("gradient clipped to norm {bound:g}").format(bound=d["clip_norm"])
    elif d["clip_value"]:
        words = _("each gradient element clipped to {bound:g}").format(bound=d["clip_value"])
    return words + _from_step(d["step"])


def _band(d: Details) -> str:
    told = _("{of} seeds, layer {layer}: median {median}, middle 80 % {low} to {high}").format(
        of=d["of"],
        layer=d["layer"],
        **{name: reading(d[name]) for name in ("median", "low", "high")},
    )
    return told if d["drawn"] else told + _(" (drawn in view 1)")


def _settings_file(d: Details) -> str:
    told = _("settings file: {problem}").format(problem=d["problem"])
    more = _(" (and {count} more: chainrule config)").format(count=d["more"])
    return told + more if d["more"] else told


def _reset(d: Details) -> str:
    template = _("{setting} back to {value}")
    return listed(template.format(setting=name, value=value) for name, value in d["settings"])


def _metric(d: Details) -> str:
    return "  ".join(metric_words(d["metric"]))


def _optimizer(d: Details) -> str:
    told = _("{optimizer}: {formula}").format(optimizer=d["optimizer"], formula=_(d["formula"]))
    return told + _from_step(d["step"])


def _picture(d: Details) -> str:
    return titled(*picture_words(d["picture"]))


NOTICES: dict[str, str | Callable[[Details], str]] = {
    # settings
    "setting_error": lambda d: _why(*d["why"]),
    "skipped": lambda d: _("skipped {value}: {why}").format(value=d["value"], why=_why(*d["why"])),
    "reset": _reset,
    "at_bound": lambda d: _("{setting} is at its bound, {value}").format(
        setting=d["setting"], value=number(d["value"])
    ),
    "default_experiment": later("the default experiment"),
    "preset": lambda d: preset_words(d["preset"])[1],
    "last_learning_rate": later("learning rate {rate:g} is the last of its steps"),
    "learning_rate": lambda d: (
        _("learning rate {rate:g}").format(rate=d["rate"]) + _from_step(d["step"])
    ),
    "clipping": _clipping,
    "optimizer": _optimizer,
    "nothing_to_undo": later("nothing to undo"),
    "nothing_to_redo": later("nothing to redo"),
    # how it is shown
    "speed": later("speed ×{speed:g}"),
    "theory_on": later("theory: fine strokes where bars part from it"),
    "theory_off": later("the theory line is off"),
    "theory_silent": later("theory says nothing of {metric}"),
    "metric": _metric,
    "metric_elsewhere": lambda d: _("{metric} (in view 1)").format(metric=_metric(d)),
    "by_layer": later("layer by layer"),
    "sorted": lambda d: sort_text(d["sort"], d["ascending"]),
    "picture": _picture,
    "less_motion": later("less motion: step the wave with . and ,"),
    "close_panel_first": later("close the panel first: escape"),
    "no_colour": later("without colour (NO_COLOR or TERM says so) no theme differs"),
    "theme": later('to keep it: theme = "{theme}" in the settings file (chainrule config)'),
    "language": later(
        'to keep it: language = "{language}" in the settings file (chainrule config)'
    ),
    "display_option": later(
        "to keep it: {option} = {value} in the settings file (chainrule config)"
    ),
    "only_ascii": later("only ASCII is shown here: English alone"),
    "tour_begins": later("this is where the tour begins"),
    "tour_ended": later("that was the tour; chainrule quiz asks what you make of it now"),
    "no_tour": later("the tour is not open: {key} opens it"),
    "lesson_error": "{why}",
    "settings_file": _settings_file,
    # a log
    "log_is_played": later("a log is played: nothing of its network can be changed"),
    "log_begins": later("this is the first logged step"),
    "log_ends": later("this is the last logged step"),
    "log_began_anew": later("the file was begun anew: this is what it holds now"),
    "log_other": later("a newer log is there: {path!s}"),
    "log_waits": later("waiting for the first step in {path!s}"),
    "log_finding": lambda d: step_text(d["finding"], d["names"]),
    "log_broken": lambda d: broken_line_text(d["line"]),
    "log_left_out": lambda d: left_out_text(d["line"], d["count"]),
    "log_no_diagnosis": later("chainrule doctor {path!s} says what this log shows"),
    # runs side by side
    "pinned": later("pinned: change one thing and compare; P swaps, p unpins"),
    "unpinned": later("nothing is pinned any more"),
    "nothing_pinned": later("nothing is pinned: p pins this run"),
    "trained_stays": later("runs are swapped at step 0 only; u brings a trained one back"),
    "seeds": later("seeds {done} of {of}; B stops"),
    "band": _band,
    # training
    "rewound": later("step 0, the same weights as then; u brings the trained ones back"),
    "at_step_0": later("this is step 0"),
    "restarted": later("step 0: the network is another one; u brings the trained one back"),
    "not_kept": later("the trained network is too large to be kept for later"),
    "let_go": later("the oldest trained network is not kept any more"),
    "let_go_for_it": later("u brings the trained one back; the oldest one is not kept"),
    "weights_gone": later("step 0: the trained weights are not kept any more"),
    "back_to_step_0": later("backspace goes to step 0"),
    "diverged": lambda d: divergence_words(d["step"], d["layer"], d["shown"])[0],
    "no_way_back": later("no step that far back is kept: backspace goes to step 0"),
    "no_memory": later("there is not enough memory for this network: take a smaller one"),
    "no_memory_to_train": later("there is not enough memory to train this network"),
    # a race
    "race_pace": lambda d: pace_text(d["pace"]),
    "race_needs_pin": later("a race is of two: {pin} pins this one, change it, and {race} again"),
    "race_of_one": later("both are the same: change one thing, and {race} races them"),
    "race_not_kept": later("the race is too large to be kept"),
    "quit_asks": later("{key} again leaves chainrule: the training run would be lost"),
    # the tour
    "answer_first": later("first your answer: this would show it"),
    "choose_first": later("choose first, with an arrow or a digit"),
    "press_first": lambda d: _("this step asks for {keys}; {next} goes on without").format(
        keys=" ".join(d["keys"]), next=d["next"]
    ),
    "step_prepares": later("this step's network is still being trained"),
    # remedies
    "trying": lambda d: NO_REMEDY["trying"],
    "remedy": lambda d: remedy_text(d["before"], d["remedy"], d["keys"]),
    "nothing_to_repair": later("this network is healthy: there is nothing to repair"),
    "no_remedy": later("no single change that was tried helps: d says more"),
    # files and the clipboard
    "sent": later("sent to the terminal's clipboard: {command}"),
    "sent_command": later("sent the command to the terminal's clipboard"),
    "not_sent": later("this opens the same screen: {command}"),
    "not_sent_command": later("this terminal has no clipboard: copy the command by hand"),
    "command_without_changes": later(
        "the command is that of step 0: "
        "settings that changed while it trained fit in no command line"
    ),
    "nothing_measured": later("nothing is measured yet"),
    "cannot_write": later("cannot write: {why}"),
    "wrote": later("wrote {path}"),
    "wrote_file": later("wrote the file"),
}


def together(sentences: Iterable[str]) -> str:
    """Several things that there are to say, in one line."""
    return _("; ").join(sentences)


def notice_text(code: str, details: Details | Iterable[tuple[str, object]] = ()) -> str:
    """The sentence of a notice."""
    entry, values = NOTICES[code], dict(details)
    return filled(_(entry), values) if isinstance(entry, str) else entry(values)
