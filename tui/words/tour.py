"""The tour: what stands round a lesson's own text, and what is wrong with a lesson's file."""

from tui.words.foreign import filled

TEMPLATES: dict[str, str] = {
    "no_lesson": "no lesson {name!r}{hint}; one of {allowed}",
    "in_lesson": "{file!s}: {why}",
    "in_step": "{file!s}, step {step}: {why}",
    "file_name": "a name such as 02-chain-rule.md is needed",
    "no_title": "the first line has to be '# ' and the title",
    "no_steps": "there is no step: each begins with its front matter between two lines '+++'",
    "open_front": "the front matter has no second line '+++'",
    "unknown_entry": "no entry {name!r}{hint}; one of {allowed}",
    "wrong_kind": "{name} = {value!r}: {kind} is needed",
    "unknown_name": "{name} = {value!r}{hint}: one of {allowed}",
    "not_flags": "settings = {value!r}: flags and their values are needed, --depth 20",
    "unknown_flag": "settings: no flag {flag!r}{hint}; one of {allowed}",
    "setting": "{why}",
    "arguments": "until = {value!r}: {name} takes {count: word}",
    "unknown_key": "keys: no action has the key {key!r}",
    "unknown_number": "no number {name!r}{hint}; one of {allowed}",
    "braces": "{why!s}: braces are for the names of numbers",
    "no_text": "there is no text",
    "no_after": "a question needs a line '---' and under it what is said after the comparison",
    "no_question": "a line '---' goes with a question only",
    "values": "there are {values: value} for {choices: choice}",
    "choices": "choices: two to four are needed",
    "answers": "[[answers]]: {least} to {most} are needed",
    "right": "[[answers]]: right = true is needed at one, and at one only",
    "same_id": "[[answers]]: two have the same id",
    "pick": 'either choices or pick = "layer" is needed',
}

KINDS: dict[str, str] = {
    "text": "a text",
    "truth": "true or false",
    "count": "a whole number from 0",
    "speed": "one of the speeds 0.125, 0.25, 0.5, 1, 2, 4, 8",
    "values": "a list of positive numbers",
    "table": "a table",
}
"""What an entry of a front matter has to be."""


def lesson_text(code: str, **details: object) -> str:
    """What is wrong, in one line."""
    return filled(TEMPLATES[code], details)
