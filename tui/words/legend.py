"""What each sign and colour of a screen is, in a few words."""

from tui.words.language import Translated, later

LEGEND = Translated(
    {
        # the verdict's sign
        "verdict_vanishing": later("under 1/100 arrives"),
        "verdict_healthy": later("within 1/100 to 100"),
        "paused": later("training waits here"),
        "playing": later("training goes on"),
        "one_layer": later("first is last"),
        "verdict_exploding": later("over 100 times arrive"),
        "verdict_dead": later("a layer cannot learn"),
        "verdict_overflow": later("values not finite"),
        "verdict_unknown": later("nothing to judge by"),
        "broken": later("a line is left out"),
        # the chart of bars
        "colours_last": later("size vs last layer's"),
        "colours_guide": later("relative to 10⁻³"),
        "colours_one": later("relative to 1"),
        "cursor": later("cursor, moved by ← →"),
        "cursor_bar": later("the bar at the cursor"),
        "refit": later("fits the axis to bars"),
        "theory": later("mean-field theory"),
        "band": later("middle 80 % of seeds"),
        "spread": later("layers sharing a bar"),
        "pinned": later("the pinned run"),
        "limit": later("what a format makes 0"),
        "guide": later("the size to aim for"),
        "dead_layer": later("a layer cannot learn"),
        "closed_layer": later("closed by a learned 0"),
        "zero": later("exactly 0"),
        "not_finite": later("beyond every number"),
        "signal": later("the forward pass"),
        # the chain
        "one": later("up grows, down shrinks"),
        "net": later("all factors together"),
        "unmultiplied": later("not in the product"),
        "bound": later("the most φ' can be"),
        "cut": later("goes on beyond"),
        # the activation's curves and histograms
        "phi": later("φ, the activation"),
        "slope": later("φ', its slope"),
        "fed": later("what φ is fed"),
        "flat": later("fed where φ is flat"),
        # training
        "batch": later("on the training batch"),
        "test": later("on the test set"),
        "moved": later("moved by training"),
        "still": later("moved less than 0.01 %"),
        "region": later("a class, its region"),
        "mistaken": later("truth, wrong answer"),
        "read_out": later("a layer's read-out"),
        # the table, and the lines below
        "heat": later("ground: stands out"),
        "g": later("gradient by output h"),
        "delta": later("gradient by z = Wh+b"),
        "weight_grad": later("gradient by weights"),
        "update": later("a step, relative to W"),
        "activation_rms": later("a layer's output"),
        "preactivation": later("Wh+b, before φ"),
        "saturated": later("on the flat tails"),
        "off": later("φ' = 0 by design"),
        "dead": later("units: φ' always 0"),
        "activation": later("activation's slope"),
        "weight": later("the weights' factor"),
        "norm": later("the norm's factor"),
        "total": later("a layer's whole step"),
        "displacement": later("how far W has moved"),
        "scale": later("scale of the branch"),
        "skip": later("skip and branch"),
    }
)
"""By the ids of `tui.views.legend`; two of them side by side must fit the least screen."""
