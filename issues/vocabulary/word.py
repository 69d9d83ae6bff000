"""A word: the code that is stored, and the Chinese that is shown.

The code stands in the database, the API and a URL; the label stands on a page.
"""

from enum import Enum
from typing import Self


class Word(str, Enum):
    """A stored code and the Chinese shown for it. What more a word's row tells, its class reads."""

    label: str

    def __new__(cls, code: str, label: str = "", *_more: object) -> Self:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        return word

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def of(cls, code: str) -> Self | None:
        """The word of a code that comes from outside or from long ago; None where it is none."""
        word = cls._value2member_map_.get(code)
        return word if isinstance(word, cls) else None

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]
