"""NPZ files that are not what they seem: one clear line each, before their data are read."""

import io
import struct
import tracemalloc
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import SettingError
from engine.data.files import parse
from tests.support.npz import header, npz
from tui.words.errors import error_text

Y = np.arange(4) % 2
X = np.arange(12.0).reshape(4, 3)


def refused(content: bytes) -> str:
    """The line that says why a file of these bytes is not read."""
    with warnings.catch_warnings(action="error"), pytest.raises(SettingError) as caught:
        parse(Path("data.npz"), content)
    line = error_text(caught.value)
    assert "\n" not in line
    return line


def saved(**arrays: Any) -> bytes:
    """As numpy saves them."""
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", ["f8", ">f4", "f2", "i1", ">u8", "?", "longdouble"])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_real_numbers_of_any_kind_are_read(
    save: Any, kind: str, order: Any, tmp_path: Path
) -> None:
    """In rows or columns, with their bytes either way round."""
    x = (np.arange(24).reshape(4, 2, 3) % 5).astype(kind, order=order)
    save(tmp_path / "data.npz", x=x, y=Y)
    found, labels, classes = parse(tmp_path / "data.npz", (tmp_path / "data.npz").read_bytes())
    assert np.array_equal(found, x.reshape(4, 6).astype(float))
    assert (labels.tolist(), classes) == ([0, 1, 0, 1], 2)


@pytest.mark.parametrize(
    ("y", "numbers"),
    [
        (["b", "a", "c", "a"], [1, 0, 2, 0]),
        ([b"b", b"a", b"c", b"a"], [1, 0, 2, 0]),
        ([0.5, -1.5, 2.0, -1.5], [1, 0, 2, 0]),
        ([True, False, True, True], [1, 0, 1, 1]),
        (np.array([10, 7, 2**63 + 1, 7], np.uint64), [1, 0, 2, 0]),
    ],
)
def test_labels_are_numbered_in_their_order(y: Any, numbers: list[int], tmp_path: Path) -> None:
    """Whatever they are."""
    np.savez(tmp_path / "data.npz", x=X, y=y)
    _, labels, classes = parse(tmp_path / "data.npz", (tmp_path / "data.npz").read_bytes())
    assert (labels.tolist(), classes) == (numbers, max(numbers) + 1)


def test_labels_beyond_one_piece_are_numbered_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that come late sort before, too."""
    monkeypatch.setattr("engine.data.npz_file._MAX_READ", 4096)
    y = np.random.default_rng(0).integers(-9, 9, 2000)
    np.savez(tmp_path / "data.npz", x=np.zeros((2000, 2)), y=y)
    _, labels, classes = parse(tmp_path / "data.npz", (tmp_path / "data.npz").read_bytes())
    distinct, expected = np.unique(y, return_inverse=True)
    assert classes == len(distinct)
    assert np.array_equal(labels, expected)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"y": Y}, ["no array x", "found: y"]),
        ({"x": X, "y": np.zeros(5)}, ["x (4, 3) and y (5,)"]),
        ({"x": X, "y": np.eye(4)}, ["y (4, 4) do not go together"]),
        ({"x": 1.0, "y": Y}, ["x () and y (4,)"]),
        ({"x": np.zeros((0, 3)), "y": np.zeros(0)}, ["0 samples", "from 2 on"]),
        ({"x": np.zeros((4, 0)), "y": Y}, ["0 features", "from 1 on"]),
        (
            {"x": np.array([{}] * 4), "y": Y},
            ["x holds Python objects, which are never loaded", "x.astype(float)"],
        ),
        ({"x": X, "y": np.array([{}] * 4)}, ["y holds Python objects", "y.astype(str)"]),
        ({"x": X.astype("c16"), "y": Y}, ["x holds complex128"]),
        ({"x": X.astype("U"), "y": Y}, ["x holds <U32"]),
        ({"x": X.astype("M8[s]"), "y": Y}, ["x holds datetime64"]),
        ({"x": X.astype("V8"), "y": Y}, ["x holds |V8"]),
        ({"x": np.zeros((4, 3), "f8,f8"), "y": Y}, ["x holds [("]),
        ({"x": X, "y": Y.astype("M8[D]")}, ["y holds datetime64"]),
        ({"x": X, "y": np.array([0, 1, np.nan, 1])}, ["label 3: nan is not a finite number"]),
        ({"x": X, "y": ["a" * 101] * 4}, ["up to 101 characters; allowed up to 100"]),
        ({"x": np.full((4, 3), np.float32(np.inf)), "y": Y}, ["row 1, column 1: inf"]),
        ({"x": np.full((4, 3), np.float16(-np.inf)), "y": Y}, ["row 1, column 1: -inf"]),
        ({"x": np.full((4, 3), -1e101), "y": Y}, ["-1e+101 is too large", "-1e+100 to 1e+100"]),
        ({"x": np.full((4, 3), np.longdouble("1e4000")), "y": Y}, ["row 1, column 1: inf"]),
        ({"x": np.where(X == 7, np.nan, X), "y": Y}, ["row 3, column 2: nan"]),
        ({"x": np.where(X.T == 7, np.nan, X.T).T, "y": Y}, ["row 3, column 2: nan"]),
        ({"x": np.zeros((2001, 1)), "y": np.arange(2001)}, ["2,001 different labels by row 2,001"]),
    ],
)
def test_arrays_that_are_no_data(arrays: dict[str, Any], words: list[str], tmp_path: Path) -> None:
    """Each with what it is and what is needed."""
    line = refused(saved(**arrays))
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("descr", "shape", "words"),
    [
        ("<f8", (10**18, 3), ["at least 1,000,000,000,000,000,000 samples", "1,000,000"]),
        ("|i1", (31_000_000, 1), ["at least 31,000,000 samples", "1,000,000"]),
        ("|i1", (10, 4, 1000), ["4,000 features", "2,048"]),
        ("|i1", (10, 10**18, 10**18, 0), ["0 features"]),
        ("|i1", (100_000, 2000), ["100,000 x 2,000 = 200,000,000 numbers", "64,000,000"]),
        ("<f8", (100_000, 100), ["unpacks to 80,100,000 bytes; allowed up to 67,108,864"]),
        ("|i1", (-1, 3), ["broken"]),
        ("|i1", (2.0, 3), ["broken"]),
        ("|O", (4, 3), ["x holds Python objects"]),
        (("<f8", (10**9,)), (4, 3), ["broken"]),
    ],
)
def test_headers_that_lie_are_judged_unread(
    descr: object, shape: tuple[Any, ...], words: list[str], tmp_path: Path
) -> None:
    """There are no data at all behind them."""
    y = header("|i1", (shape[0],))
    line = refused(npz({"x.npy": header(descr, shape), "y.npy": y}))
    for word in words:
        assert word in line


def test_more_one_hot_labels_than_are_allowed(tmp_path: Path) -> None:
    """Samples times classes, which only the labels tell."""
    y = np.arange(80_000) % 1000
    x = header("|i1", (80_000, 1)) + bytes(80_000)
    line = refused(npz({"y.npy": header("<i8", (80_000,)) + y.tobytes()}, {"x.npy": x}))
    assert "80,000 x 1,000 = 80,000,000 numbers; allowed up to 64,000,000" in line


@pytest.mark.parametrize(
    "member",
    [
        b"",
        b"no array",
        b"\x93NUMPY\x09\x00" + bytes(100),
        b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**32 - 1) + b"{" * 2000,
        header("<f8", (4, 3), raw="(" * 900),
        header("<f8", (4, 3), raw="-" * 900 + "1"),
        header("<f8", (4, 3), raw="{'descr': " + "[" * 400),
        header("<f8", (4, 3), raw="9" * 1000),
        header("<f8", (4, 3), raw="{'descr': '\\d', 'fortran_order': 1if 1else 2, 'shape': ()}"),
        header("<f8", (4, 3), raw="{'descr': '<f8', 'fortran_order': False, 'shape': (4L, 3L) "),
        header("<f8", (4, 3), raw="\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
        header("<f8", (4, 3)),
        header("<f8", (4, 3)) + bytes(95),
        header("<f8", (4, 3)) + bytes(97),
    ],
)
def test_members_that_are_no_arrays(member: bytes, tmp_path: Path) -> None:
    """Odd headers, and other data than they say: of the two names numpy knows."""
    y = header("|i1", (4,)) + bytes(4)
    for name in ("x", "x.npy"):
        assert "is broken, or no .npz file" in refused(npz({name: member, "y": y}))


def test_an_archive_that_is_not_numpys(tmp_path: Path) -> None:
    """Encrypted, otherwise compressed, cut off, with a wrong checksum, or ambiguous."""
    members = {"x.npy": header("<f8", (4, 3)) + bytes(96), "y.npy": header("|i1", (4,)) + bytes(4)}
    whole = npz(members)
    lzma = npz(members, compression=zipfile.ZIP_LZMA)
    assert "allowed: stored or deflated" in refused(lzma)
    directory = whole.index(b"PK\x01\x02")
    encrypted = whole[: directory + 8] + b"\x01" + whole[directory + 9 :]
    assert "allowed: stored or deflated" in refused(encrypted)
    assert "broken" in refused(whole[:-30])
    at = whole.index(b"}") + 90
    assert "broken" in refused(whole[:at] + b"\x01" + whole[at + 1 :])
    assert "x more than once" in refused(npz({**members, "x": members["x.npy"]}))
    crowd = npz(members, {f"{n:050000}": b"" for n in range(30)})
    assert "broken" in refused(crowd)


@pytest.mark.parametrize(
    "bomb",
    [
        header("<f8", (4, 3)) + bytes(8_000_000),
        b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**32 - 1) + b" " * 8_000_000,
        header("<f8", (10**6, 64)) + bytes(8_000_000),
        header("|i1", (4, 3)) + bytes(8_000_000),
    ],
)
def test_what_would_unpack_to_much_is_not_unpacked(bomb: bytes) -> None:
    """More data, or a longer header, than an array of that shape has."""
    y = header("|i1", (4,)) + bytes(4)
    content = npz({"y.npy": y}, {"x.npy": bomb})
    assert len(content) < 20_000
    tracemalloc.start()
    try:
        refused(content)
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()
