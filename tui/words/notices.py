"""What there is to say about the last key."""

from __future__ import annotations

PINNED = "pinned: change one thing and compare; P swaps, p unpins"
UNPINNED = "nothing is pinned any more"
NOTHING_PINNED = "nothing is pinned: p pins this run"
TRAINED_STAYS = "runs are swapped at step 0 only; u brings a trained one back"
REWOUND = "step 0, the same weights as then; u brings the trained ones back"
AT_STEP_0 = "this is step 0"
NO_MEMORY_TO_TRAIN = "there is not enough memory to train this network"
NO_MEMORY = "there is not enough memory for this network: take a smaller one"
RESTARTED = "step 0: the network is another one; u brings the trained one back"
WEIGHTS_GONE = "step 0: the trained weights are not kept any more"
QUIT_ASKS = "q again leaves chainrule: the training run would be lost"
BACK_TO_STEP_0 = "backspace goes to step 0"
NO_WAY_BACK = f"no step that far back is kept: {BACK_TO_STEP_0}"

SAME_AS_PINNED = "the same as now: change one thing and compare"

TRYING = "trying what helps …"
NOTHING_TO_REPAIR = "this network is healthy: there is nothing to repair"
NO_REMEDY = "no single change that was tried helps: d says more"
