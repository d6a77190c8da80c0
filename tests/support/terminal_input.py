"""Bytes as terminals send them, and as none should."""

from hypothesis import strategies as st

GOOD = (
    b"a",
    "é".encode(),
    "你".encode(),
    b"\r",
    b"\x03",
    b"\x1b",
    b"\x1bx",
    b"\x1b[A",
    b"\x1b[1;5A",
    b"\x1bOP",
    b"\x1b[[A",
    b"\x1b[3$",
    b"\x1b[97;1;97u",
    b"\x1b[57441;2u",
    b"\x1b[<0;10;5M",
    b"\x1b[<35;10;5M",
    b"\x1b[M \xc8\x30",
    b"\x1b[32;10;5M",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[?2026;2$y",
    b"\x1b[?2048;1$y",
    b"\x1b[48;24;80;480;800t",
    b"\x1b[24;80R",
    b"\x1b[?62;22c",
    b"\x1b[>0;276;0c",
    b"\x1b[8;24;80t",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[200~pasted\x1b[201~",
    b"\x1b[200~",
    b"\x1b[201~",
)
"""Reports and keys."""


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A report with a byte or a number that is not its own, or without its end."""
    report = bytearray(draw(st.sampled_from(GOOD)))
    at = draw(st.integers(0, len(report) - 1))
    kind = draw(st.sampled_from(("cut", "byte", "number", "gone")))
    if kind == "cut":
        return bytes(report[:at])
    if kind == "byte":
        report[at] = draw(st.integers(0, 255))
    elif kind == "gone":
        del report[at]
    else:
        report[at:at] = str(draw(st.integers(-(10**12), 10**12))).encode()
    return bytes(report)


def bytes_of_terminals() -> st.SearchStrategy[bytes]:
    """Good reports, mutations of them, and anything, one after the other."""
    parts = st.one_of(st.sampled_from(GOOD), _mutated(), st.binary(max_size=20))
    return st.lists(parts, max_size=8).map(b"".join)


def split(sent: bytes, data: st.DataObject) -> list[bytes]:
    """The same in any reads."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sent)), max_size=6)))
    return [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
