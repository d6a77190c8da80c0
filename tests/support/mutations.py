"""Good files made bad: pieces taken out, put in, doubled, exchanged, written over."""

from collections.abc import Sequence

from hypothesis import strategies as st

LONGEST = 1_000_000
"""Bytes of the largest input."""


@st.composite
def mutated(draw: st.DrawFn, good: Sequence[bytes], tokens: Sequence[bytes] = ()) -> bytes:
    """One of the good files with some pieces replaced by others, of its own or foreign."""
    content = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 6))):
        # from near an end or from anywhere
        start = draw(st.integers(0, len(content)))
        end = min(start + draw(st.sampled_from((0, 1, 1, 2, 4, 16, 64, LONGEST))), len(content))
        kind = draw(st.sampled_from(("flipped", "cut", "foreign", "token", "own", "repeated")))
        piece = content[start:end]
        if kind == "flipped":
            piece = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in piece[:1]) + piece[1:]
        elif kind == "cut":
            piece = b""
        elif kind == "foreign":
            piece = draw(st.binary(max_size=16))
        elif kind == "token" and tokens:
            piece = draw(st.sampled_from(tokens))
        elif kind == "own":
            other = draw(st.integers(0, len(content)))
            piece += content[other : other + draw(st.integers(0, 200))]
        else:
            piece = content[start : end + 1]
            times = draw(st.sampled_from((2, 3, 1000, LONGEST)))
            piece *= max(min(times, (LONGEST - len(content)) // max(len(piece), 1)), 1)
        content = content[:start] + piece + content[end:]
    return content[:LONGEST]
