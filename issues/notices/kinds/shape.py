"""What a kind of notice is composed from: plain facts, JSON through and through.

Days are ISO strings. A missing key is a fact that is not known, and its sentence is left out.
"""

from typing import Literal, TypedDict

from issues.notices.desk.shape import DeskFacts
from issues.notices.kinds.own.shape import AnnexFacts, MinutesFacts
from issues.notices.kinds.past import PastFacts


class MeasureFacts(TypedDict, total=False):
    no: int
    text: str
    unit: str
    deadline: str | None
    target: str | None
    unit_of_target: str | None
    confirmed: str | None
    done: bool


class ReasonFacts(TypedDict, total=False):
    """`within`: lighter rules of the same thing, which this one says already; not printed.

    `measure`: the number of the measure it is of.
    """

    rule: str
    label: str
    since: str
    because: str
    remedy: str
    measure: int
    within: list["ReasonFacts"]


class EarlierFacts(TypedDict, total=False):
    number: str
    kind_label: str
    signed_on: str


class CardFacts(TypedDict, total=False):
    """The card that stands on the ticket: its label, the day it was raised, and why."""

    label: str
    on: str
    reason: str


class IssueFacts(TypedDict, total=False):
    """`units`: by relation (主责单位) what those in it are called, in full and in short."""

    number: str
    source_label: str
    source_ref: str | None
    title: str
    problem: str
    goal: str
    criteria: str
    deadline: str | None
    deadline_text: str
    primary_unit: str
    lead_unit: str
    sponsor: str
    region_name: str
    status_label: str
    round: int
    progress: list[MeasureFacts]
    reasons: list[ReasonFacts]
    card: CardFacts | None
    earlier_notices: list[EarlierFacts]
    past: PastFacts
    units: dict[str, list[str]]


class DemandFacts(TypedDict, total=False):
    text: str
    due: str | None


class IssuerFacts(TypedDict, total=False):
    mark: str
    name: str
    short: str
    report: str


class ContactFacts(TypedDict, total=False):
    name: str
    phone: str


class MeetingFacts(TypedDict, total=False):
    """For N4: when and where the summons is heard, who hears it, who comes, when to report."""

    on: str
    time: str
    place: str
    host: str
    attendees: list[str]
    report_due: str


ColourKey = Literal["red", "yellow", "green", "closed"]


class Counted(TypedDict, total=False):
    """How many tickets by colour."""

    red: int
    yellow: int
    green: int
    closed: int


class CountFacts(Counted, total=False):
    name: str


class EarlierRoundFacts(Counted, total=False):
    on: str


class ListedFacts(TypedDict, total=False):
    """A ticket of a board as its bulletin lists it; `rules` and `colour` are labels."""

    number: str
    title: str
    unit: str
    deadline: str | None
    colour: str
    rules: list[str]


class BulletinFacts(Counted, total=False):
    """For N5: the board of the round, whole and by group, and the rounds before it.

    `anchor` is the digest of the frozen board. Of colours: the counts and `listed`, every red and
    yellow ticket. Of cards: `red_cards` and `yellow_cards`, tickets on which one stands.
    `named`: those a person named, of any colour.
    """

    on: str
    total: int
    groups: list[CountFacts]
    earlier: list[EarlierRoundFacts]
    listed: list[ListedFacts]
    named: list[ListedFacts]
    red_cards: int
    yellow_cards: int
    anchor: str


class OutcomeFacts(TypedDict, total=False):
    """For N8: `what` is returned, closed or lifted; `card` the label of a card that was lifted."""

    what: str
    on: str
    reason: str
    card: str


class ClueFacts(TypedDict, total=False):
    """For N7: what a person found and decided to hand over, and the proof that goes with it.

    `source`: how it came to be known; `subjects`: which units and people it is about.
    """

    text: str
    proofs: list[str]
    source: str
    subjects: str


class NoticeFactsDoc(TypedDict, total=False):
    """`form` is "report" for a 专报, "county" for the 通报 of a county's centre.

    `template` is the text it is written from, if not the shipped.

    `city_lacks`: words of the city that it needs and that are not set; none where it is signed.

    `demands` are a person's own; `asked` what a signed paper prints, whoever wrote it.

    `claims` names what was proven when the facts were frozen. `rounds`: the days of the closed
    ones. `cited`: by a number that the paper cites what is wrong with it. `card_days`: how long
    a red card stands before an N6. `city`: the figures of the day, where a paper that is no
    bulletin tells some. `centre`: the code of the county's centre whose paper it is. `desk`: what
    a person made of the paragraphs.

    Of a paper a person writes (N9) `subject` is what it is about and `body` what it says.
    `recipients`: codes of the units chosen, `addressees`: others by name, for this paper alone.
    `partners`: organs that issue it together, after `issuer`. `signers`: who signed a paper that
    goes upward, in the order of the organs; none before it is signed.
    """

    kind: str
    centre: str
    form: str
    template: str
    template_faults: list[str]
    city_lacks: list[str]
    title: str
    number: str | None
    signed_on: str | None
    setting: int
    as_of: str | None
    unit_name: str
    issuer: IssuerFacts
    issues: list[IssueFacts]
    basis: list[str]
    demands: list[DemandFacts]
    asked: list[DemandFacts]
    reply_due: str | None
    sign_due: str | None
    calendar_note: str
    reply_by: str
    consequence: str
    contact: ContactFacts
    copies: list[str]
    urgency: str | None
    qr_url: str | None
    example: bool
    meeting: MeetingFacts
    bulletin: BulletinFacts
    city: BulletinFacts
    outcome: OutcomeFacts
    clue: ClueFacts
    claims: list[str]
    rounds: list[str]
    cited: dict[str, str]
    card_days: int
    desk: DeskFacts
    subject: str
    body: str
    recipients: list[str]
    addressees: list[str]
    annexes: list[AnnexFacts]
    partners: list[str]
    signers: list[str]
    minutes: MinutesFacts
    secrecy: str
    secrecy_term: str
    copy_number: str
