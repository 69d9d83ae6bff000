"""Claims: what a paper says has happened, the words it says it with, the record it needs.

One row for each truth (`table`, `deeds`). A paper makes a claim where its words are printed
(`reading`), and where it is a paper of that kind at all: a letter of closing claims the closure
however it is worded. What the words add, a day, a count, a number (`figures`), is proven too.
"""

from issues.notices.kinds.claims.claim import DOCUMENT, Claim, Made
from issues.notices.kinds.claims.deeds import DEEDS
from issues.notices.kinds.claims.reading import made_by as _made_by
from issues.notices.kinds.claims.table import CITED, MARKS, STATES

__all__ = ["CITED", "CLAIMS", "DOCUMENT", "MARKS", "Claim", "Made", "made_by"]

CLAIMS: tuple[Claim, ...] = (*STATES, *DEEDS)


def made_by(text: str) -> list[Made]:
    """The claims that a text makes, each once with what it says of it."""
    return _made_by(text, CLAIMS)
