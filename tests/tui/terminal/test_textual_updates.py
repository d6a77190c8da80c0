"""Textual's updates are still made as they were when they were taken apart here."""

import pytest
from textual._compositor import ChopsUpdate

from tui.terminal import textual_updates


def test_textuals_updates_are_those_that_are_known() -> None:
    """When this fails the app still draws, as Textual does: see what changed there."""
    assert textual_updates.are_known()


def test_updates_that_are_made_of_something_else_are_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then nobody takes them apart."""

    def other(self: ChopsUpdate, pieces: object) -> None:
        pass

    monkeypatch.setattr(ChopsUpdate, "__init__", other)
    assert not textual_updates.are_known()
