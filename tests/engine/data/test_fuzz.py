"""Whatever bytes a data file holds, they are data or one clear error, soon and in little room."""

import io
import math
import os
import struct
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine import SettingError
from engine.data.datasets import Dataset, load
from engine.data.files import parse
from engine.data.foreign_files import MAX_TEXT_BYTES, read_text
from engine.numerics.arrays import Labels, Reals
from tests.support.limits import needs_proc, within_limits
from tests.support.mutations import mutated
from tests.support.npz import header, npz
from tui.words.errors import error_text
from tui.words.foreign import LINE

pytestmark = needs_proc


def check(name: str, content: bytes) -> None:
    """A file of that name is usable to the end, or one line says why it is not."""
    refusal, contents = None, None
    with warnings.catch_warnings(action="error"):
        try:
            contents = parse(Path(name), content)
        except SettingError as error:
            refusal = error
        if contents is not None:
            check_data(name, *contents)
    if refusal is not None:
        line = error_text(refusal)
        assert line.isprintable()
        assert len(line) <= LINE
        assert refusal.code != "file_no_memory"


def check_data(name: str, x: Reals, labels: Labels, classes: int) -> None:
    """They can be used with noise, split and standardised."""
    entry = Dataset(name, len(x), x.shape[1], classes, lambda random, features: (x, labels))
    split = load(entry, 0, 0.1, 0.2, 0)
    assert sorted(set(labels.tolist())) == list(range(classes))
    for part in (split.train, split.test):
        assert np.isfinite(part.x).all()
        assert part.values().shape == (len(part.x), classes)


def archive(**arrays: object) -> bytes:
    """As numpy saves them."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


CSVS = (
    b"a,b,kind\n1,2,x\n3,4.5,y\n-1e-3,6,x\n",
    b'"1","2,5"\r\n"3","a ""b"""\r\n\r\n' * 3,
    "\ufeffé,ü\n1,ä\n2,ö\n".encode(),
    b"1,2,3,4,5,6,7,8,9\n" * 40,
)
CSV_TOKENS = (
    *(
        b",",
        b"\n",
        b"\r",
        b'"',
        b"1",
        b"1,2\n",
        b"\0",
        b"nan",
        b"inf",
        b"1e400",
        b"9e99",
        b"1_0",
        b"-",
    ),
    *(
        b"\xef\xbb\xbf",
        b";",
        b"\t",
        b"0x1",
        "٣".encode(),
        b"1e-400",
        b"=1",
        b"," * 2049,
        b"a" * 101,
    ),
)
KINDS = (
    *(
        "<f8",
        "<f8",
        "<f8",
        ">f4",
        "<f2",
        "|i1",
        "|b1",
        ">u8",
        "<f16",
        "<c16",
        "|O",
        "|V4",
        "<M8[s]",
    ),
    *(
        "<U3",
        "|S2",
        "<U101",
        "<U0",
        "nonsense",
        "<f8,<f8",
        [("a", "<f8")],
        ("<f8", (10**9,)),
        1,
        None,
    ),
)
SHAPES = (
    *((4,), (4, 3), (4, 3), (4, 2, 3), (), (0, 3), (4, 0), (1, 3), (-4, 3), (True, 3), (4.0, 3)),
    *((10**18, 3), (10**18,) * 8, (10**6, 64), (10**6 + 1, 1), (9, 2049), (10**5, 2000), (3000,)),
)
FILLS = (
    b"\0",
    b"\1",
    b"\x7f",
    b"\xff",
    b"a\0\0\0",
    b"\0\0\0\0\0\0\xf0\x7f",
    b"\0\0\x80\x7f",
    b"\0\x7c",
)
HEADER_TOKENS = (
    *(
        b"<f8",
        b">f2",
        b"|O",
        b"<U9999",
        b"|S0",
        b"|V4",
        b"<c16",
        b"<f16",
        b"|b1",
        b"<i8",
        b"<m8[D]",
    ),
    *(
        b"(4,)",
        b"(4, 0)",
        b"()",
        b"(10**9,)",
        b"(-4,)",
        b"(4L, 3L)",
        b"(True, 4)",
        b"(1000000, 64)",
    ),
    *(b"True", b"None", b"(", b"[", b"{", b"-", b"'", b"\\", b"\n", b"9" * 400, b"\x93NUMPY"),
    *(b"\x01\x00", b"\x02\x00", b"\x03\x00", b"\xff\xff", b"\xff\xff\xff\xff", b"1if 1else 2"),
)
NPZS = (
    archive(x=np.eye(5), y=np.arange(5)),
    archive(x=np.zeros((9, 2, 2), "i1"), y=list("abcabcabc"), more=np.zeros(3)),
    npz({"x": header("<f8", (4, 3)) + bytes(96), "y": header("|b1", (4,)) + bytes(4)}),
)
ZIP_TOKENS = (
    *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"x.npy", b"y"),
    *(b"\0" * 4, b"\xff" * 2, b"\xff" * 4, b"\xff" * 8, b"\x08\0", b"\x0c\0", b"\x0e\0", b"\x01\0"),
    struct.pack("<HHQ", 1, 8, 2**62),
)


@st.composite
def member(draw: st.DrawFn, shapes: tuple[tuple[float, ...], ...]) -> bytes:
    """What could be an array: a header of some kind and some shape, and about as many data."""
    kind, shape = draw(st.sampled_from(KINDS)), draw(st.sampled_from(shapes))
    head = header(kind, shape)
    if draw(st.integers(0, 4)) == 0:
        head = draw(mutated((head,), HEADER_TOKENS))
    digits = str(kind)[2:]
    width = int(digits) * (4 if "U" in str(kind) else 1) if digits.isdecimal() else 8
    size = max(int(math.prod(shape)) * width + draw(st.sampled_from((0, 0, 0, 1, -1))), 0)
    return head + (draw(st.sampled_from(FILLS)) * min(size, 2 * 10**6))[: min(size, 2 * 10**6)]


@st.composite
def packed(draw: st.DrawFn) -> bytes:
    """An archive that is one, of members that need be none."""
    members = {
        "x.npy": draw(member(SHAPES[:4] * 4 + SHAPES)),
        "y.npy": draw(member(SHAPES[:1] * 9 + SHAPES)),
    }
    if draw(st.integers(0, 9)) == 0:
        members["x"] = members["x.npy"]
    stored, deflated, other = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2
    kind = draw(st.sampled_from((*(stored, deflated) * 5, other)))
    return npz(members, compression=kind)


INPUTS: dict[str, tuple[str, st.SearchStrategy[bytes]]] = {
    "csv": ("x.csv", mutated(CSVS, CSV_TOKENS)),
    "csv_bytes": ("x.csv", st.binary(max_size=1000)),
    "csv_tokens": ("x.csv", st.lists(st.sampled_from(CSV_TOKENS), max_size=50).map(b"".join)),
    "npz": ("x.npz", mutated(NPZS, ZIP_TOKENS)),
    "npz_bytes": ("x.npz", st.binary(max_size=1000)),
    "npz_members": ("x.npz", packed()),
    "npz_both": ("x.npz", packed().flatmap(lambda whole: mutated((whole,), ZIP_TOKENS))),
}


@pytest.mark.parametrize(
    "examples", [pytest.param(5, id="few"), pytest.param(500, id="many", marks=pytest.mark.heavy)]
)
@pytest.mark.parametrize(("name", "inputs"), INPUTS.values(), ids=INPUTS)
def test_any_bytes_are_data_or_one_clear_error(
    name: str, inputs: st.SearchStrategy[bytes], examples: int
) -> None:
    """Within bounds of time and memory."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def run(content: bytes) -> None:
        with within_limits():
            check(name, content)

    run()


@example("a\0b")
@example("\ud800")
@example("/dev/zero")
@given(st.binary(max_size=300).map(os.fsdecode))
def test_any_name_is_a_file_or_one_clear_error(name: str) -> None:
    """Whatever a flag, a variable or a person says."""
    with suppress(SettingError):
        read_text(Path(name), MAX_TEXT_BYTES)
