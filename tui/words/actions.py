"""Every action in words: its label, what it does, and its word on the key line."""

from typing import NamedTuple

from engine.catalogue.optimizers import OPTIMIZERS
from engine.data.datasets import DATASETS
from tui.words.labels import Labels, label
from tui.words.language import _, each, later
from tui.words.views import view_words


class ActionWords(NamedTuple):
    """What stands in help and palette, and on the key line, there also where there is no room."""

    label: str
    tooltip: str = ""
    hint: str = ""
    brief: str | None = None


ACTION_WORDS: dict[str, tuple[str, ...]] = {
    "next_activation": (
        later("Next activation"),
        "sigmoid, tanh, relu, gelu",
        later("activation"),
        "φ",
    ),
    "pick_activation": (later("Pick an activation"), later("choose from all, with live preview")),
    "next_init": (
        later("Next initialisation"),
        "xavier, he, lecun, orthogonal, small, unit",
        later("init"),
    ),
    "pick_init": (later("Pick an initialisation"), later("choose from all, with live preview")),
    "next_residual": (
        later("Next skip connection"),
        later("none, post-activation, pre-activation"),
        later("skip"),
    ),
    "next_norm": (later("Next normalisation"), later("go round the normalisations"), later("norm")),
    "toggle_batch_norm": (
        later("BatchNorm on or off"),
        later("normalise each unit over the batch"),
    ),
    "deeper": (later("One layer more"), later("depth + 1"), later("depth")),
    "shallower": (later("One layer less"), later("depth - 1")),
    "much_deeper": (later("Ten layers more"), later("depth + 10")),
    "much_shallower": (later("Ten layers less"), later("depth - 10")),
    "wider": (later("Twice as wide"), later("width × 2")),
    "narrower": (later("Half as wide"), later("width / 2")),
    "more_gain": (later("Larger weights"), later("gain × 1.1")),
    "less_gain": (later("Smaller weights"), later("gain / 1.1")),
    "next_dataset": (later("Next dataset"), ", ".join(DATASETS), later("data")),
    "new_seed": (later("New seed"), later("draw everything anew"), later("seed")),
    "default_experiment": (later("Default experiment"), later("back to 20 sigmoid layers")),
    "presets": (
        later("Presets"),
        later("failures and rescues, with live preview"),
        later("presets"),
    ),
    "next_remedy": (
        later("Next remedy"),
        later("the dying net, then ReLU, He, skips, BatchNorm; or a preset's next"),
        later("remedy"),
    ),
    "apply_remedy": (
        later("Fix it"),
        later("make the single change that was seen to help most"),
        later("fix"),
    ),
    "settings": (later("All settings"), later("see and change every setting"), later("settings")),
    "undo": (later("Undo"), later("the experiment before"), later("undo")),
    "redo": (later("Redo"), later("what undo left")),
    "play": (
        later("Play or pause"),
        later("the wave, a race or a log; other training is paused"),
        later("play"),
    ),
    "step_forward": (
        later("Step forward"),
        later("a layer of the wave, a step of training or of a log"),
        later("step"),
    ),
    "step_back": (
        later("Step back"),
        later("a layer of the wave, a step of training or of a log"),
    ),
    "jump_forward": (
        later("A tenth on"),
        later("of the log; at the end of one in work: live"),
        later("jump"),
    ),
    "jump_back": (later("A tenth back"), later("of the log")),
    "log_start": (later("First step"), later("of the log"), later("start")),
    "log_end": (
        later("Newest step"),
        later("of the log, and on with it where it grows"),
        later("end"),
    ),
    "train": (later("Train or pause"), later("gradient descent, live"), later("train")),
    "rewind": (
        later("Back to step 0"),
        later("the same weights as before training"),
        later("step 0"),
    ),
    "race": (
        later("Race"),
        later("the pinned network and this one train side by side; again: leave"),
        later("race"),
    ),
    "next_optimizer": (later("Next optimiser"), ", ".join(OPTIMIZERS), later("optimiser")),
    "faster_learning": (later("Higher learning rate"), later("in steps 1, 2, 5"), later("rate")),
    "slower_learning": (later("Lower learning rate"), later("in steps 1, 2, 5")),
    "next_clipping": (
        later("Next clipping"),
        later("none, the gradient's norm to 1, its elements to 0.1"),
        later("clip"),
    ),
    "next_picture": (
        later("Next picture"),
        later("displacement, boundary or samples, a probe of each layer"),
        later("picture"),
    ),
    "slower": (later("Slower"), later("half the speed; of a race the next pace"), later("speed")),
    "faster": (later("Faster"), later("twice the speed; of a race the next pace"), later("speed")),
    "next_metric": (later("Next metric"), later("δ, ∂L/∂W, update:data, h, z"), later("metric")),
    "toggle_theory": (
        later("Theory on or off"),
        later("fine strokes where bars part from what mean-field theory predicts"),
    ),
    "toggle_seeds": (
        later("Band of 16 seeds"),
        later("whiskers, the middle 80 % of them: one seed may mislead"),
    ),
    "report": (
        later("Why"),
        later("cause, remedies, theory, number formats, folklore"),
        later("why"),
    ),
    "legend": (
        later("Legend"),
        later("what every sign and colour on this screen is"),
        later("legend"),
    ),
    "pin": (
        later("Pin or unpin"),
        later("keep this run as marks behind the next ones"),
        later("pin"),
    ),
    "table": (later("Table"), later("every layer as a row of digits")),
    "sort_table": (
        later("Sort the table"),
        later("by its next column; a click on a title sorts by it"),
    ),
    "worst_first": (
        later("Worst layer first"),
        later("the table, farthest from the last layer's g first"),
    ),
    "swap_pinned": (later("Swap pinned"), later("the pinned run and the current one")),
    "cursor_left": (later("Cursor left"), later("towards the input"), later("layer")),
    "cursor_right": (later("Cursor right"), later("towards the output")),
    "cursor_first": (later("First layer"), later("cursor to layer 1")),
    "cursor_last": (later("Last layer"), later("cursor to the last hidden layer")),
    "cursor_page_left": (later("Ten layers left"), later("cursor")),
    "cursor_page_right": (later("Ten layers right"), later("cursor")),
    "refit": (later("Refit the axis"), later("to what is shown now")),
    "present": (later("Presentation"), later("the chart with large words")),
    "pick_theme": (later("Pick a theme"), later("choose colours, with live preview")),
    "next_language": (later("Other language"), "English, 中文"),
    "close": (later("Close"), later("whatever is open, or end the wave"), later("leave")),
    "copy_command": (
        later("Copy the command"),
        later("that opens this very screen"),
        later("copy"),
    ),
    "export": (later("Export"), later("as SVG, text, CSV, JSON or TOML")),
    "command_palette": (later("Command palette"), later("find any action by name")),
    "help": (later("Help"), later("all keys"), later("help"), ""),
    "quiz": (later("Quiz"), later("twelve questions, each answer with a run that speaks about it")),
    "tour": (later("Tour"), later("ten lessons, with your hands on the keys"), later("tour")),
    "next_step": (later("Next step"), later("of the tour")),
    "previous_step": (later("Step before"), later("of the tour, as it was when it began")),
    "quit": (later("Quit"), later("leave chainrule"), later("quit")),
    "show_link": (
        later("Link on or off"),
        later("frames and bytes a second and the round trip, while something moves"),
    ),
    "quit_now": (later("Quit at once"), later("leave chainrule, whatever is open")),
    "suspend": (later("Suspend"), later("to the shell; fg brings it back")),
}


_GROUPS = Labels(
    network=later("Network"),
    experiment=later("Experiment"),
    wave=later("Wave"),
    log=later("Log"),
    training=later("Training"),
    view=later("View"),
    share=later("Share"),
    tour=later("Tour"),
    app=later("App"),
)


def group_title(group: str) -> str:
    """The title of a group of actions."""
    return _GROUPS[group]


def action_words(id: str) -> ActionWords:
    """An action's words; from its id, where it has none of its own."""
    if id.startswith("view_"):
        title, question = view_words(id.removeprefix("view_"))
        return ActionWords(_("View: {title}").format(title=title), question)
    found = ActionWords(*each(ACTION_WORDS.get(id, (label(id),))))
    return found if found.hint else found._replace(hint=found.label.lower())
