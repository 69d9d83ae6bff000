"""A word: the code that is stored, and the Chinese that is shown.

The code stands in the database, the API and a URL; the label stands on a page.
"""

from enum import Enum
from typing import Self


class Word(str, Enum):
    """A stored code and the Chinese shown for it."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        return word

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]
