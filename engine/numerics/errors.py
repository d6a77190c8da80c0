"""The one error that the engine raises for settings that cannot be used."""


class SettingError(ValueError):
    """A setting that cannot be used, as a code and its details.

    `tui.words.errors` has a sentence for each code.
    """

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(
            f"{code}: " + ", ".join(f"{key}={value}" for key, value in details.items())
        )
