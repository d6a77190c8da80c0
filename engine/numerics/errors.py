"""The one error that the engine raises for settings that cannot be used."""


class SettingError(ValueError):
    """A setting that cannot be used, as a code and its details.

    `tui.words.errors` has a sentence for each code.
    """

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(code, details)

    def __str__(self) -> str:
        # made when it is read: a value can be a number of more digits than Python writes
        return f"{self.code}: " + ", ".join(f"{key}={it}" for key, it in self.details.items())
