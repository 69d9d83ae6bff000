"""The nine kinds of notice: form, words and what each asks for by default."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, NamedTuple

from issues.notices.document import Document
from issues.notices.kinds import (
    assignment,
    bulletin,
    hanging,
    outcome,
    red_card,
    referral,
    reminder,
    summons,
    yellow_card,
)
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.vocabulary import NoticeKind


class Kind(NamedTuple):
    """`compose` writes the document; `default_demands` proposes what a person may edit."""

    form: Literal["file", "letter"]
    compose: Callable[[NoticeFactsDoc], Document]
    default_demands: Callable[[NoticeFactsDoc], list[DemandFacts]]


KINDS: dict[NoticeKind, Kind] = {
    NoticeKind.N0: Kind("file", assignment.compose, assignment.default_demands),
    NoticeKind.N1: Kind("letter", reminder.compose, reminder.default_demands),
    NoticeKind.N2: Kind("file", yellow_card.compose, yellow_card.default_demands),
    NoticeKind.N3: Kind("file", red_card.compose, red_card.default_demands),
    NoticeKind.N4: Kind("letter", summons.compose, summons.default_demands),
    NoticeKind.N5: Kind("file", bulletin.compose, bulletin.default_demands),
    NoticeKind.N6: Kind("file", hanging.compose, hanging.default_demands),
    NoticeKind.N7: Kind("letter", referral.compose, referral.default_demands),
    NoticeKind.N8: Kind("letter", outcome.compose, outcome.default_demands),
}


def compose(facts: NoticeFactsDoc) -> Document:
    """The document of the kind its facts name; a title a person wrote stands before the kind's."""
    document = KINDS[NoticeKind(facts["kind"])].compose(facts)
    return replace(document, title=facts["title"]) if facts.get("title") else document
