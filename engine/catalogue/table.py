"""The form of every table of the catalogue: its entries by name."""

from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


def table(*entries: Entry) -> dict[str, Entry]:
    """The entries by their names, in that order."""
    return {entry.name: entry for entry in entries}
