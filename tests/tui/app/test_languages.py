"""The app in both languages: everything changes at once, nothing is cut off, no English is left."""

import re

import pytest

from engine.experiment.domains import Choice
from engine.experiment.sections import DOMAINS
from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.screens import WALKS, Walk, rows, screens, too_wide
from tui.app import ChainruleApp
from tui.config.catalogues import FORMULAS
from tui.screens.choices import Choices
from tui.state.keys import NAMED
from tui.style.glyphs import ASCII
from tui.style.themes import THEMES
from tui.words.language import CHINESE, ENGLISH, LANGUAGES, _, current, later, use
from tui.words.layers import INSPECTING
from tui.words.trace import COMPUTING

WORD = re.compile(r"[A-Za-z][A-Za-z'_]*[A-Za-z]")
CHINESE_CHARACTER = re.compile("[\u4e00-\u9fff]")

NAMES = [
    *DOMAINS,
    *(name for domain in DOMAINS.values() if isinstance(domain, Choice) for name in domain.names),
    *(text for formulas in FORMULAS.values() for text in formulas.values()),
    *(
        "chainrule config quiz race",
        "language = zh",
        "shell fg",
        "ctrl",
        "English",
        "esc",
        *NAMED,
        *THEMES,
    ),
    *("ReLU", "SELU", "He", "Xavier", "BN", "BatchNorm", "RMS", "W <- W - eta dL/dW", "fan-in"),
    *("CSV", "JSON", "SVG", "TOML", "fp16", "bf16", "float", "z = Wh", "Schoenholz et al. Yang"),
    *("Adam", "adam", "momentum", "sgd", "mu", "eta", "exp", "lr", "sqrt"),
]
"""What is called the same in both languages: settings, their values, formulas, keys, people."""

ALLOWED = {word for name in NAMES for word in (name, *re.split("[^A-Za-z']|_", name))} | {
    word for name in NAMES for word in WORD.findall(name)
}


def english(shown: list[str]) -> set[str]:
    """English words that are no names."""
    return {word for row in shown for word in WORD.findall(row) if word not in ALLOWED}


def chinese(shown: list[str]) -> list[str]:
    """Rows with Chinese in them, besides the language's own name."""
    name = LANGUAGES[CHINESE]
    return [row for row in shown if CHINESE_CHARACTER.search(row.replace(name, ""))]


def cut_off(shown: list[str]) -> list[str]:
    """Rows in which something had no room; products begin with dots, what is awaited ends so."""
    waits = [_(text) for text in (COMPUTING, INSPECTING, later("trying what helps …"))]
    told = [row for row in shown if not any(wait in row for wait in waits)]
    return [row for row in told if "…" in re.sub(r"… ×", "", row)]


@pytest.mark.parametrize("walk", cases(WALKS, lambda walk: walk.ordinary), ids=str)
async def test_no_screen_is_cut_off_and_none_mixes_languages(walk: Walk) -> None:
    """Every screen at 80x24, in the one language and then at once in the other."""
    async for app, pilot in screens(walk):
        for code in (CHINESE, ENGLISH):
            use(code)
            app.redraw()
            await pilot.pause()
            shown = rows(app)
            where = f"{code}: {walk.name}\n" + "\n".join(shown)
            assert not cut_off(shown), where
            assert not too_wide(app), where
            assert code == ENGLISH or not english(shown), where
            assert code == CHINESE or not chinese(shown), where


def test_what_is_left_of_another_language_is_found() -> None:
    """Names are none."""
    assert english(["第 7 层 sigmoid learns nothing"]) == {"learns", "nothing"}
    assert not english(["原因：φ' (sigmoid' ≤ 0.25)，he_normal，enter 训练"])
    assert cut_off(["layer 1 gets …"])


async def test_a_key_changes_the_language_and_back() -> None:
    """Of the main screen and of a panel; the English screen comes back as it was."""
    async with running(depth=6) as (app, pilot):
        await pilot.press("X", "Z", "Z")
        before = rows(app)
        await pilot.press("Z")
        assert current() == CHINESE
        assert not english(rows(app))
        assert 'language = "zh"' in line(app, "why")
        assert isinstance(app.main.panel, Choices)
        await pilot.press("Z")
        assert current() == ENGLISH
        assert rows(app) == before


async def test_where_only_ascii_is_shown_english_stays() -> None:
    """And says why."""
    app = ChainruleApp(experiment_of(depth=6), glyphs=ASCII, ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("Z")
        assert current() == ENGLISH
        assert "ASCII" in line(app, "why")
