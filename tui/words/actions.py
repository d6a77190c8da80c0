"""Every action in words: its label, what it does, and its word on the key line."""

from typing import NamedTuple

from engine.catalogue.optimizers import OPTIMIZERS
from engine.data.datasets import DATASETS
from tui.words.labels import label
from tui.words.views import view_words


class ActionWords(NamedTuple):
    """What stands in help and palette, and on the key line, there also where there is no room."""

    label: str
    tooltip: str = ""
    hint: str = ""
    brief: str | None = None


ACTION_WORDS: dict[str, tuple[str, ...]] = {
    "next_activation": ("Next activation", "sigmoid, tanh, relu, gelu", "activation", "φ"),
    "pick_activation": ("Pick an activation", "choose from all, with live preview"),
    "next_init": ("Next initialisation", "xavier, he, lecun, orthogonal, small, unit", "init"),
    "pick_init": ("Pick an initialisation", "choose from all, with live preview"),
    "next_residual": ("Next skip connection", "none, post-activation, pre-activation", "skip"),
    "next_norm": ("Next normalisation", "go round the normalisations", "norm"),
    "toggle_batch_norm": ("BatchNorm on or off", "normalise each unit over the batch"),
    "deeper": ("One layer more", "depth + 1", "depth"),
    "shallower": ("One layer less", "depth - 1"),
    "much_deeper": ("Ten layers more", "depth + 10"),
    "much_shallower": ("Ten layers less", "depth - 10"),
    "wider": ("Twice as wide", "width × 2"),
    "narrower": ("Half as wide", "width / 2"),
    "more_gain": ("Larger weights", "gain × 1.1"),
    "less_gain": ("Smaller weights", "gain / 1.1"),
    "next_dataset": ("Next dataset", ", ".join(DATASETS), "data"),
    "new_seed": ("New seed", "draw everything anew", "seed"),
    "default_experiment": ("Default experiment", "back to 20 sigmoid layers"),
    "presets": ("Presets", "failures and rescues, with live preview", "presets"),
    "next_remedy": (
        "Next remedy",
        "the dying net, then ReLU, He, skips, BatchNorm; or a preset's next",
        "remedy",
    ),
    "apply_remedy": ("Fix it", "make the single change that was seen to help most", "fix"),
    "settings": ("All settings", "see and change every setting", "settings"),
    "undo": ("Undo", "the experiment before", "undo"),
    "redo": ("Redo", "what undo left"),
    "play": ("Play or pause", "the wave; training is paused", "play"),
    "step_forward": ("Step forward", "a layer of the wave, a step of training"),
    "step_back": ("Step back", "a layer of the wave, a step of training"),
    "train": ("Train or pause", "gradient descent, live", "train"),
    "rewind": ("Back to step 0", "the same weights as before training", "step 0"),
    "next_optimizer": ("Next optimiser", ", ".join(OPTIMIZERS), "optimiser"),
    "faster_learning": ("Higher learning rate", "in steps 1, 2, 5", "rate"),
    "slower_learning": ("Lower learning rate", "in steps 1, 2, 5"),
    "next_clipping": (
        "Next clipping",
        "none, the gradient's norm to 1, its elements to 0.1",
        "clip",
    ),
    "next_picture": (
        "Next picture",
        "displacement, boundary or samples, a probe of each layer",
        "picture",
    ),
    "slower": ("Slower", "half the speed"),
    "faster": ("Faster", "twice the speed"),
    "next_metric": ("Next metric", "δ, ∂L/∂W, update:data, h, z", "metric"),
    "toggle_theory": (
        "Theory on or off",
        "fine strokes where bars part from what mean-field theory predicts",
    ),
    "toggle_seeds": ("Band of 16 seeds", "whiskers, the middle 80 % of them: one seed may mislead"),
    "report": ("Why", "cause, remedies, theory, number formats, folklore", "why"),
    "legend": ("Legend", "what every sign and colour on this screen is", "legend"),
    "pin": ("Pin or unpin", "keep this run as marks behind the next ones", "pin"),
    "table": ("Table", "every layer as a row of digits"),
    "sort_table": ("Sort the table", "by its next column; a click on a title sorts by it"),
    "worst_first": ("Worst layer first", "the table, farthest from the last layer's g first"),
    "swap_pinned": ("Swap pinned", "the pinned run and the current one"),
    "cursor_left": ("Cursor left", "towards the input", "layer"),
    "cursor_right": ("Cursor right", "towards the output"),
    "cursor_first": ("First layer", "cursor to layer 1"),
    "cursor_last": ("Last layer", "cursor to the last hidden layer"),
    "cursor_page_left": ("Ten layers left", "cursor"),
    "cursor_page_right": ("Ten layers right", "cursor"),
    "refit": ("Refit the axis", "to what is shown now"),
    "present": ("Presentation", "the chart with large words"),
    "pick_theme": ("Pick a theme", "choose colours, with live preview"),
    "next_language": ("Other language", "English, 中文"),
    "close": ("Close", "whatever is open, or end the wave"),
    "copy_command": ("Copy the command", "that opens this very screen"),
    "export": ("Export", "as SVG, text, CSV, JSON or TOML"),
    "command_palette": ("Command palette", "find any action by name"),
    "help": ("Help", "all keys", "help", ""),
    "quit": ("Quit", "leave chainrule", "quit"),
    "show_link": ("Show the link", "frames and bytes of the last second, the round trip"),
    "quit_now": ("Quit at once", "leave chainrule, whatever is open"),
    "suspend": ("Suspend", "to the shell; fg brings it back"),
}


def action_words(id: str) -> ActionWords:
    """An action's words; from its id, where it has none of its own."""
    if id.startswith("view_"):
        title, question = view_words(id.removeprefix("view_"))
        return ActionWords(f"View: {title}", question)
    found = ActionWords(*ACTION_WORDS.get(id, (label(id),)))
    return found if found.hint else found._replace(hint=found.label.lower())
