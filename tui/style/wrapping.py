"""Sentences in lines, in which no number is torn from its power of ten or its unit."""

import re
import textwrap

_JOINTS = re.compile(r" (?=× |[%ξ])|(?<=×) (?=10)")
_UNBROKEN = "\u00a0"


def wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width`; hyphens and minus signs stay where they are."""
    lines = textwrap.wrap(_JOINTS.sub(_UNBROKEN, text), max(width, 1), break_on_hyphens=False)
    return [line.replace(_UNBROKEN, " ") for line in lines] or [""]
