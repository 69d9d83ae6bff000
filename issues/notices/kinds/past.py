"""The past of a ticket as facts of a paper: what the records say was done with it."""

from typing import TypedDict


class DoneFacts(TypedDict, total=False):
    """What was decided of a ticket on a day; of a card `card` is its label.

    `what`: the kind of a paper, the level of an exposure, the result of a visit, the step (first,
    check, approval) that sent an application back. `until`: of more
    time. `is_watch`: the yellow card that a lifted red one leaves behind.
    """

    on: str
    reason: str
    card: str
    is_checked: bool
    is_watch: bool
    what: str
    until: str


class DeedFacts(TypedDict, total=False):
    """What was done beside the steps of acceptance.

    `asked`, `granted`, `refused`: more time. `visits`: look-backs done. `notices`: papers in force
    on it, those `signed_for` and `answered`; `summoned`: meetings whose day has come. `reported`:
    progress told by a unit.
    """

    assigned: list[DoneFacts]
    planned: list[DoneFacts]
    asked: list[DoneFacts]
    granted: list[DoneFacts]
    refused: list[DoneFacts]
    exposures: list[DoneFacts]
    objections: list[DoneFacts]
    visits: list[DoneFacts]
    notices: list[DoneFacts]
    signed_for: list[DoneFacts]
    answered: list[DoneFacts]
    summoned: list[DoneFacts]
    reported: list[DoneFacts]


class PastFacts(DeedFacts, total=False):
    """What the records say was done with a ticket: a claim is proven from it.

    The steps are those of the last request for acceptance in the running round. `cards` are all
    that were raised, `lifts` those lifted; `closed_on` is there while the ticket is struck off,
    where the day is on record.
    """

    first_deadline: str | None
    assigned_on: str | None
    imported_on: str | None
    claimed_on: str | None
    first_passed_on: str | None
    checked_on: str | None
    approved_on: str | None
    publicised_on: str | None
    publicity_ended_on: str | None
    closed_on: str | None
    claims: list[DoneFacts]
    returns: list[DoneFacts]
    cards: list[DoneFacts]
    lifts: list[DoneFacts]
