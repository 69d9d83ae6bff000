"""One text that is searched of a ticket: where it stands and who may find the ticket by it."""

import re
from typing import NamedTuple

from issues.models.search import NOBODY
from issues.search import initials
from issues.search.spelling import normal
from issues.vocabulary import Audience, FoundIn

_NUMBER = re.compile(r"[(（]?\+?\d[\d\s()（）+－-]{4,}\d[)）]?")


class Part(NamedTuple):
    """`is_in_line`: the list shows it anyway. `is_spelt`: found in Latin letters too."""

    issue_id: int
    kind: FoundIn
    label: str
    text: str
    audience: Audience = Audience.OPEN
    unit_id: int = NOBODY
    is_in_line: bool = False
    is_spelt: bool = False

    @property
    def body(self) -> str:
        """As it is searched, one spelling a line."""
        said = initials.spellings(self.text) if self.is_spelt else []
        return "\n".join((normal(self.text), *(one.line for one in said)))


def without_numbers(words: str) -> str:
    """A person's name without the telephone beside it."""
    return " ".join(_NUMBER.sub(" ", words).split())
