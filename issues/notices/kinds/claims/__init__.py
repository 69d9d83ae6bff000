"""Claims: what a paper says has happened, the words it says it with, the record it needs.

One row for each truth (`table`, `colours`, `deeds` and their like). A paper makes a claim where
its words are printed (`reading`), and where it is a paper of that kind at all: a letter of closing
claims the closure however it is worded. What the words add, a day, a count, a number (`figures`),
is proven too. What is threatened (`ahead`) fits the card that stands.
"""

from issues.notices.kinds.claims.accepted import ACCEPTED
from issues.notices.kinds.claims.ahead import STEPS, found_in
from issues.notices.kinds.claims.amounts import AMOUNTS
from issues.notices.kinds.claims.bulletin import FIGURES
from issues.notices.kinds.claims.claim import DOCUMENT, Claim, Made, Said
from issues.notices.kinds.claims.colours import COLOURS
from issues.notices.kinds.claims.deeds import DEEDS
from issues.notices.kinds.claims.meeting import MEETING
from issues.notices.kinds.claims.planned import PLANNED
from issues.notices.kinds.claims.reading import Table, made_by as _made_by
from issues.notices.kinds.claims.table import CITED, MARKS, STATES
from issues.notices.kinds.claims.told.progress import PROGRESS
from issues.notices.kinds.claims.told.ticket import TICKET
from issues.notices.kinds.claims.unrecorded import DOUBTED as _DOUBTED, UNRECORDED

__all__ = [
    "CITED",
    "CLAIMS",
    "DOCUMENT",
    "MARKS",
    "STEPS",
    "Claim",
    "Made",
    "doubted_by",
    "made_by",
    "steps_by",
]

CLAIMS = Table(
    (
        *COLOURS,
        *STATES,
        *AMOUNTS,
        *FIGURES,
        *MEETING,
        *DEEDS,
        *ACCEPTED,
        *PLANNED,
        *PROGRESS,
        *TICKET,
        *UNRECORDED,
    )
)

_NOT_PROVEN = Table(_DOUBTED)


def made_by(text: str) -> list[Made]:
    """The claims that a text makes, each once with what it says of it."""
    return _made_by(text, CLAIMS)


def doubted_by(text: str) -> list[str]:
    """The words of what no record can prove, of which a person has to be sure."""
    return [made.said.words for made in _made_by(text, _NOT_PROVEN)]


def steps_by(text: str) -> list[Made]:
    """The cards that a text threatens with."""
    return [Made(claim, Said(words)) for claim, words in found_in(text)]
