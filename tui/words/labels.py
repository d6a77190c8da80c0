"""Labels of what has no words of its own."""


def label(id: str) -> str:
    """An id as a label: `toggle_grid` is "Toggle grid"."""
    return id.replace("_", " ").replace("-", " ").capitalize()


class Labels(dict[str, str]):
    """Words by id; an id without any is its own label."""

    def __missing__(self, id: str) -> str:
        return label(id)
