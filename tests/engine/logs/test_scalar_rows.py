"""Numbers by their steps."""

import random
import sys

import pytest

from engine.logs.scalar_rows import ScalarRows


def test_rows_are_in_order_however_numbers_come() -> None:
    """Beside a dictionary: late numbers, late rows, several segments, the same key twice."""
    chance, rows = random.Random(0), ScalarRows()
    expected: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for segment in range(3):
        assert rows.last_step is None
        for count in range(300):
            step, key = chance.randrange(60), chance.randrange(4)
            rows.add(rows.row_of(step, step / 2), key, float(count))
            expected.setdefault((segment, step), []).append((key, float(count)))
        rows.begin_segment()
    found = [*zip(rows.segments, rows.steps, strict=True)]
    assert found == sorted(expected)
    assert [rows.numbers(at) for at in range(len(rows))] == [expected[place] for place in found]
    assert [*rows.times] == [step / 2 for _, step in found]


@pytest.mark.parametrize(("steps", "keys", "most"), [(20_000, 1, 60), (200, 148, 20)])
def test_a_number_takes_few_bytes(steps: int, keys: int, most: float) -> None:
    """With all that belongs to its row."""
    rows = ScalarRows()
    for step in range(steps):
        for key in range(keys):
            rows.add(rows.row_of(step, None), key, 0.5)
    size = sum(map(sys.getsizeof, vars(rows).values()))
    assert size / (steps * keys) <= most
