"""Characters that do not show themselves: what they could do to a terminal or a reader, and how they are made harmless.

Control characters move the cursor or colour the screen, line ends of other alphabets break a line where nobody sees it,
and marks of direction make a line read as something else than it says. Titles inside sentences are here too.
"""

from __future__ import annotations

import re
from typing import Final

# Tab and line feed are what they look like; carriage return is a line end in files only.
_HIDDEN: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
IN_TEXT: Final = re.compile(f"[{_HIDDEN}]")
"""What may stand in no text."""
IN_FILE: Final = re.compile(f"(?!\r)[{_HIDDEN}]")
"""What may stand in no file."""


def name_of(character: str) -> str:
    """``U+202E``."""
    return f"U+{ord(character):04X}"


def shown(text: str) -> str:
    """The text with a mark in the place of every character that does not show itself."""
    return IN_TEXT.sub("\ufffd", text)


def shortened(text: str, most: int) -> str:
    """The text, with its end cut off if it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def small(title: str) -> str:
    """A title inside a sentence: its first letter small, unless the word is an abbreviation or has capitals inside."""
    first = title.split(" ", 1)[0]
    return title if any(c.isupper() for c in first[1:]) else title[:1].lower() + title[1:]
