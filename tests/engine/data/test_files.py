"""The user's own data, good and bad."""

import tracemalloc
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engine import SettingError, run
from engine.data.datasets import batch, dataset, load
from engine.data.files import Contents, parse
from engine.numerics.recent import Recent
from tests.support.experiments import experiment_of
from tui.words.errors import error_text

GOOD = "a,b,kind\n" + "\n".join(f"{i},{i * i},{'odd' if i % 2 else 'even'}" for i in range(40))


def write(tmp_path: Path, text: str, name: str = "data.csv") -> str:
    """A file with that text; its path."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("header", [True, False])
def test_a_csv_is_read_standardised_and_runs(header: bool, tmp_path: Path) -> None:
    """With a header or without; the last column is the label, words or numbers."""
    text = GOOD if header else GOOD.partition("\n")[2]
    name = write(tmp_path, text)
    experiment = experiment_of(dataset=name, batch_size=16, depth=3)
    assert (experiment.features, experiment.outputs) == (2, 2)
    train = load(dataset(name), 2, 0.0, 0.2, 0).train
    assert len(train.x) == 32
    np.testing.assert_allclose(train.x.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(train.x.std(axis=0), 1, rtol=1e-12)
    assert np.isfinite(run(experiment).delta_norm).all()


CHANGED = "1,2,3,0\n4,5,6,1\n7,8,9,1\n" * 10


def test_a_file_that_changes_is_read_again_when_it_is_named(tmp_path: Path) -> None:
    """What was read before keeps its data: it is another experiment."""
    name = write(tmp_path, GOOD)
    before = experiment_of(dataset=name, batch_size=8, depth=3)
    write(tmp_path, CHANGED)
    assert before.with_settings(seed=1).features == 2
    after = before.with_settings(dataset=name)
    assert (before.features, after.features) == (2, 3)
    assert before != after
    assert after == experiment_of(dataset=name, batch_size=8, depth=3)
    for experiment in (before, after):
        assert np.isfinite(run(experiment).delta_norm).all()


def test_a_file_that_vanishes_leaves_what_was_read(tmp_path: Path) -> None:
    """Everything goes on but naming it again."""
    name = write(tmp_path, GOOD)
    experiment = experiment_of(dataset=name, batch_size=8, depth=3)
    (tmp_path / "data.csv").unlink()
    for other in (experiment, experiment.with_settings(seed=1, noise=0.1), replace(experiment)):
        assert np.isfinite(run(other).delta_norm).all()
    with pytest.raises(SettingError, match="file_unreadable"):
        experiment.with_settings(dataset=name)


def test_data_that_were_let_go_and_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read once more, and must be the same."""
    monkeypatch.setattr("engine.data.datasets._FILES", Recent[Contents](0, lambda contents: 1))
    name = write(tmp_path, GOOD)
    experiment = experiment_of(dataset=name, batch_size=8, depth=3)
    dataset(write(tmp_path, CHANGED, "other.csv"))
    assert np.isfinite(run(experiment).delta_norm).all()
    dataset(write(tmp_path, CHANGED, "other.csv"))
    write(tmp_path, CHANGED)
    with pytest.raises(SettingError) as caught:
        run(experiment.with_settings(seed=1))
    assert "has changed since it was read" in error_text(caught.value)


def test_what_is_remembered_is_bounded_by_its_bytes() -> None:
    """The last stays in any case, others while there is room, the longest unused goes first."""
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    recent = Recent[str](6, len)
    for text in ("abc", "def", "abc", "ghi", "abc", "def", "long text", "abc"):
        assert recent.get(text, partial(make, text)) == text
    assert made == ["abc", "def", "ghi", "def", "long text", "abc"]


def test_an_npz_is_read(tmp_path: Path) -> None:
    """x of any shape is flattened to rows; features constant there become 0, however rounded."""
    path = tmp_path / "data.npz"
    x = np.random.default_rng(0).standard_normal((30, 2, 3))
    x[:, 0] = 5.0, 0.1, 1e99
    np.savez(path, x=x, y=np.arange(30) % 3)
    experiment = experiment_of(dataset=str(path), batch_size=20, depth=2)
    assert (experiment.features, experiment.outputs) == (6, 3)
    for noise in (0.0, 1.0):
        split = load(dataset(str(path)), 6, noise, 0.2, 0)
        assert (split.train.x[:, :3] == 0).all()
        assert (split.test.x[:, :3] == 0).all()


@pytest.mark.parametrize("samples", [2, 3, 4, 5])
def test_the_smallest_file_leaves_a_sample_to_train_with(samples: int, tmp_path: Path) -> None:
    """Whatever is kept for the test, there is a batch size that is allowed."""
    name = write(tmp_path, "".join(f"{i},{i % 2}\n" for i in range(samples)))
    for fraction in (0.0, 0.5, 0.75, 0.9):
        experiment = experiment_of(dataset=name, batch_size=1, test_fraction=fraction)
        assert np.isfinite(run(experiment).delta_norm).all()


def test_many_classes_take_no_memory_until_they_are_needed(tmp_path: Path) -> None:
    """One-hot labels of all samples would be half a gigabyte, from a file of some kilobytes."""
    path = tmp_path / "data.npz"
    rows = 60_000
    np.savez_compressed(path, x=np.zeros((rows, 1), np.int8), y=np.arange(rows, dtype="i2") % 1000)
    tracemalloc.start()
    try:
        split = load(dataset(str(path)), 1, 0.0, 0.2, 0)
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()
    values = batch(split, 8, 0, 0).targets.values
    assert values.shape == (8, 1000)
    assert (values.argmax(axis=1) == batch(split, 8, 0, 0).targets.labels).all()
    assert (values.sum(axis=1) == 1).all()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,2,0\n1,x,1\n", ["row 2, column 2", "'x'"]),
        ("a,b,l\n1,2,0\n1,nan,1\n", ["row 3, column 2", "not a finite number"]),
        ("1,2,0\n1,2,3,1\n", ["row 2 has 4 columns", "expected 3"]),
        ("1;2;a\n2;3;b\n", ["row 1 has one column", "with commas between"]),
        ("1,2,a\n", ["has 1 sample; allowed"]),
        ("", ["0 samples", "from 2"]),
        ("a,b,label\n", ["0 samples"]),
        (
            "\n".join(f"{i},{i}" for i in range(2000)),
            ["1,001 different labels by row 1,001", "1,000"],
        ),
    ],
)
def test_a_bad_csv_names_row_and_column(text: str, words: list[str], tmp_path: Path) -> None:
    """One line each."""
    with pytest.raises(SettingError) as caught:
        experiment_of(dataset=write(tmp_path, text), batch_size=2)
    sentence = error_text(caught.value)
    for word in words:
        assert word in sentence
    assert "\n" not in sentence


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    """Latin-1, or any binary."""
    (tmp_path / "data.csv").write_bytes(b"\xff\xfe\x00,1\n")
    with pytest.raises(SettingError, match="file_not_text"):
        experiment_of(dataset=str(tmp_path / "data.csv"))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """By its size."""
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(SettingError, match="file_too_large") as caught:
        experiment_of(dataset=str(big))
    assert "314,572,800 bytes; allowed up to 67,108,864" in error_text(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,2," + "x" * 130_000, ["row 1 has a label of 130,000 characters", "100"]),
        ("1,2,0\n" + '1,"2' + ",0\n1,2,1" * 60_000, ["row 2 has more than 131,072 characters"]),
        ("1," * 70_000 + "0\n", ["row 1 has more than 131,072 characters"]),
        ("1," * 3000 + "0\n", ["3,000 features", "up to 2,048"]),
        ("1,2,0\n1,\0,0\n", ["row 2, column 2", "is not a finite number"]),
        ("1\0,\0,\0\n\0", ["row 2 has 1 column; expected 3"]),
        ("1,2,0\r1,2,1\r1,2", ["row 3 has 2 columns; expected 3"]),
        ("1,2,0\n1,9e999,1\n", ["row 2, column 2: inf is too large"]),
        ('1,2,0\n1,2,"1\n1,2,1\n', ["row 2 opens a quote that is never closed"]),
        ('1,2,0\n1,2,"', ["row 2 opens a quote that is never closed"]),
        ("1,2,0\n1,-1e101,1\n", ["row 2, column 2: -1e+101 is too large", "-1e+100 to 1e+100"]),
    ],
)
def test_a_hostile_csv_is_refused_where_it_goes_wrong(
    text: str, words: list[str], tmp_path: Path
) -> None:
    """Cells and rows without an end, quotes that stay open, bytes that are no numbers."""
    with pytest.raises(SettingError) as caught:
        dataset(write(tmp_path, text))
    for word in words:
        assert word in error_text(caught.value)


def test_reading_stops_at_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after it may be anything."""
    monkeypatch.setattr("engine.data.csv_file.MAX_ROWS", 30)
    monkeypatch.setattr("engine.data.bounds.MAX_ROWS", 30)
    with pytest.raises(SettingError) as caught:
        dataset(write(tmp_path, "1,0\n" * 31 + "no number,0\n"))
    assert "at least 31 samples; allowed up to 30" in error_text(caught.value)
    monkeypatch.setattr("engine.data.csv_file.MAX_LINES", 60)
    assert dataset(write(tmp_path, "1,0\n\n" * 30)).samples == 30
    with pytest.raises(SettingError) as caught:
        dataset(write(tmp_path, "\n" * 61))
    assert "more than 60 rows" in error_text(caught.value)


def test_csv_as_other_programs_write_it(tmp_path: Path) -> None:
    """A byte order mark, any ends of lines, quotes, spaces, empty lines: the same data."""
    plain = "a,b,kind\n1,2,x\n3,4.5,y\n"
    quoted = '"a","b","kind"\n"1","2","x"\n"3","4.5","y"'
    variants = [
        plain,
        "\ufeff" + plain,
        plain.replace("\n", "\r\n"),
        plain.replace("\n", "\r"),
        plain.replace("\n", "\n\n\r\n"),
        plain.replace(",", " , "),
        quoted,
        plain.replace("x\n", '"x" \n').replace("y\n", '"y"'),
    ]
    for number, text in enumerate(variants):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.encode())
        x, labels, classes = parse(path, path.read_bytes())
        assert (x.tolist(), labels.tolist(), classes) == ([[1, 2], [3, 4.5]], [0, 1], 2)


def test_a_file_named_by_its_suffix_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no suffix to pathlib."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, GOOD, ".csv")
    assert dataset(".csv").features == 2


def test_data_that_do_not_fit_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, with what is needed and what is free."""
    monkeypatch.setattr("engine.data.bounds.available_bytes", lambda: 1000)
    with pytest.raises(SettingError) as caught:
        dataset(write(tmp_path, GOOD))
    assert "of memory" in error_text(caught.value)
