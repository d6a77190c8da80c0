"""Names of layers under the axis: groups whose names have room."""

from tui.charts.columns import columns
from tui.charts.layer_names import groups_of, names_strip
from tui.charts.painter import BAR_MARGIN, Painter
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette

GPT = (
    "embed",
    *(f"transformer.h.{i}.{part}" for i in range(6) for part in ("attn.in", "attn.out", "mlp")),
    "head",
)


def shown(names: tuple[str, ...], cells: int, cursor: int = 1) -> str:
    """The line under so many cells."""
    strip = names_strip(Painter(Palette(), BLOCKS), names, columns(len(names), cells), cursor)
    return strip.text[BAR_MARGIN:]


def test_layers_are_gathered_by_what_they_have_in_common() -> None:
    """By block, each from its first layer on, with as much of its name as there is room for."""
    names = [group.name for group in groups_of(GPT, columns(len(GPT), 70))]
    assert names == [f"h.{i}" for i in range(6)]
    line = shown(GPT, 70)
    for group in groups_of(GPT, columns(len(GPT), 70)):
        start = columns(len(GPT), 70)[group.first - 1].start
        assert line[start : start + 4] == f"│{group.name}"


def test_few_layers_have_their_own_names() -> None:
    """Where there is room for all."""
    names = [part.strip() for part in shown(("fc.1", "fc.2", "out"), 60).split("│")[1:]]
    assert names == ["fc.1", "fc.2", "out"]


def test_too_many_groups_are_named_now_and_then() -> None:
    """500 layers: what is drawn is right, and touches nothing."""
    names = tuple(f"blocks.{n // 10}.layer.{n % 10}" for n in range(500))
    layout = columns(500, 70)
    line = shown(names, 70)
    assert len(line) <= 70
    drawn = [part.strip() for part in line.split("│")[1:]]
    assert len(drawn) > 5
    assert drawn[0] == "blocks.0"
    assert all(part.isdigit() for part in drawn[1:])
    first = {group.name: group.first for group in groups_of(names, layout)}
    at = [line.index(f"│{part}") for part in drawn[:5]]
    expected = [next(c.start for c in layout if c.last >= first[part]) for part in drawn[:5]]
    assert at == expected


def test_no_two_groups_have_one_name() -> None:
    """Whatever the names."""
    for names in (GPT, ("a", "a", "a"), ("", ".", ".."), ("a.b", "c.b", "a.b")):
        for cells in (5, 20, 80):
            groups = groups_of(names, columns(len(names), cells))
            assert len({group.name for group in groups}) == len(groups)
