"""How often the named cause of a broken network is one: taken out, it halves the decades.

python -m tests.benchmarks.causes [NETWORKS] [SEED]
"""

import sys
import time
from collections import Counter

from engine import Trace, run, verdict
from engine.diagnosis.causes import cause
from engine.diagnosis.removal import confirm, removals
from tests.support.broken import broken, decades_of


def left_without(trace: Trace) -> dict[str, float]:
    """The decades that are left without each family, by the better way where there are two."""
    left: dict[str, float] = {}
    for removal in removals(trace.ours):
        without = run(removal.experiment)
        found = abs(decades_of(without)) if verdict(without).kind != "overflow" else float("inf")
        left[removal.family] = min(left.get(removal.family, float("inf")), found)
    return left


def survey(networks: int, seed: int) -> Counter[str]:
    """How many networks each choice of a cause is right for, and what was named."""
    counts: Counter[str] = Counter()
    for trace in broken(networks, seed):
        before, left = decades_of(trace), left_without(trace)
        halved = {family for family, found in left.items() if found <= abs(before) / 2}
        found = confirm(trace)
        named = found.cause if found.confirmation is not None else f"{found.cause} by share"
        counts[f"named: {named}"] += 1
        counts["right or null"] += found.cause in halved or found.cause is None
        counts["right"] += found.cause in halved
        counts["the largest share"] += cause(trace, 1.0 if before > 0 else -1.0) in halved
        counts["the best choice"] += bool(halved)
    return counts


def main() -> None:
    """Print the shares."""
    networks, seed = (*(int(word) for word in sys.argv[1:]), *(250, 0)[len(sys.argv) - 1 :])
    start = time.perf_counter()
    counts = survey(networks, seed)
    print(f"{networks} broken networks, seed {seed}; mark: right or null in 93 %")
    for name, count in sorted(counts.items()):
        print(f"  {name:<24} {count / networks:6.1%}")
    print(f"  {(time.perf_counter() - start) / networks:.2f} s a network")


if __name__ == "__main__":
    main()
