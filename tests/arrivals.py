"""Random ledgers brought in, and their past counted by hand, day by day, from the rules' words.

Nothing of the product's rules is called here.
"""

import random
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

from sheets import TODAY

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.colour import past
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import Colour, DeadlineKind, Source, Status
from issues.workflow import rules_at
from issues.workflow.changes.importing import Arrival, bring_in

FIRST = date(2024, 11, 1)
REGIONS = ("511902", "511903", "511922")
IMPORTED = (
    Status.RECTIFYING, Status.RECTIFYING, Status.FIRST_ACCEPTANCE, Status.CLOSED, Status.STANDING,
)  # fmt: skip
KINDS = (DeadlineKind.FIXED, DeadlineKind.FIXED, DeadlineKind.BY_MEASURES, DeadlineKind.IMMEDIATE)
DATED_BY_IMPORT = {"销号日期说明": "表中没有销号日期，按导入当日记"}
NEAR_SHARE, LEAST_NEAR, MOST_NEAR = Fraction(1, 4), 3, 30
YELLOW_LAG, RED_LAG, LATE_TO_RED = 10, 30, 15


class Ledger:
    """So many random tickets, brought in today. `tickets` are what the ledger said of each."""

    def __init__(self, seed, people, size=40, first=1):
        self.rng = random.Random(seed)  # noqa: S311 - nothing secret
        self.people = people
        self.tickets = [self._ticket(number) for number in range(first, first + size)]
        with transaction():
            at = clock.now()
            brought = [
                bring_in(self._arrival(one), SYSTEM, at, rules_at(at)) for one in self.tickets
            ]
            past.fill([issue.id for issue in brought])

    def _day(self, first, last):
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def _ticket(self, number):
        assigned = self._day(FIRST, TODAY)
        status = self.rng.choice(IMPORTED)
        claimed = closed = None
        if status is Status.FIRST_ACCEPTANCE or (status is not Status.RECTIFYING and number % 2):
            claimed = self._day(assigned, TODAY)
        if status in (Status.CLOSED, Status.STANDING):
            closed = self._day(claimed or assigned, TODAY)
        is_known = closed is None or self.rng.random() < 0.7
        if not is_known:
            closed, claimed = TODAY, None
        kind = self.rng.choice(KINDS)
        return SimpleNamespace(
            number=f"BZ-AF-2025-{number:03}", assigned=assigned, status=status, claimed=claimed,
            closed=closed, is_known=is_known, region=self.rng.choice(REGIONS),
            kind=DeadlineKind.FIXED_THEN_STANDING if status is Status.STANDING else kind,
            due=assigned + timedelta(days=self.rng.choice([5, 10, 20, 60, 120, 365])),
            measures=[self._measure(assigned) for _ in range(self.rng.choice([0, 0, 1, 2]))],
        )  # fmt: skip

    def _measure(self, assigned):
        start = assigned + timedelta(days=self.rng.randint(0, 20))
        target = self.rng.choice([None, 60])
        return SimpleNamespace(
            start=self.rng.choice([None, start]), target=target,
            deadline=self.rng.choice([None, start + timedelta(days=self.rng.randint(1, 300))]),
            confirmed=target and self.rng.choice([None, 6, 30, 60, 66]),
            is_done=self.rng.random() < 0.3,
        )  # fmt: skip

    def _arrival(self, one):
        unit = self.people.unit(one.region)
        names = ("lead_unit", "acceptance_unit", "supervising_unit")
        return Arrival(
            number=one.number, status=one.status, assigned_on=one.assigned,
            values={
                "source": Source.AF, "title": one.number, "problem": "污水直排",
                "region": one.region, "deadline": one.due, "deadline_text": "",
                "deadline_kind": one.kind, "types": ["水"],
                "extra": {} if one.is_known else DATED_BY_IMPORT,
            },
            units={"primary_unit": unit} | dict.fromkeys(names),
            responsible=[unit], claimed_on=one.claimed, closed_on=one.closed,
            measures=[
                {"no": no, "text": "整治", "unit_id": unit.id} | vars(measure)
                for no, measure in enumerate(one.measures, start=1)
            ],
        )  # fmt: skip

    def on_board(self, day):
        return [one for one in self.tickets if one.assigned <= day]


def colour(one, day):
    """The colour of a day before the import; None before the ticket was assigned."""
    if day < one.assigned:
        return None
    if is_closed(one, day) and one.status is Status.CLOSED:
        return Colour.GREY
    is_standing = is_closed(one, day)
    yellow, red = (False, False) if is_standing else _of_the_deadline(one, day)
    for measure in one.measures:
        late, very_late = _of_the_measure(one, measure, day, is_standing=is_standing)
        yellow, red = yellow or late, red or very_late
    return Colour.RED if red else Colour.YELLOW if yellow else Colour.GREEN


def is_closed(one, day):
    """Where the ledger had no day of closing, it is not held late: closed once the time is up."""
    if one.closed is None:
        return False
    return day >= one.closed or (not one.is_known and day > one.due)


def _of_the_deadline(one, day):
    if one.kind is DeadlineKind.BY_MEASURES:
        return False, False
    if one.claimed and one.claimed <= day and one.claimed <= one.due:
        return False, False
    share = NEAR_SHARE * (one.due - one.assigned).days
    near = min(MOST_NEAR, max(LEAST_NEAR, -(-share.numerator // share.denominator)))
    return (one.due - day).days <= near, day > one.due


def _of_the_measure(one, measure, day, *, is_standing):
    is_met = measure.target and measure.confirmed and measure.confirmed >= measure.target
    if measure.is_done or is_met or measure.deadline is None:
        return False, False
    late = (day - measure.deadline).days
    yellow, red = late > 0, late > LATE_TO_RED
    if measure.target:
        start = measure.start or one.assigned
        gone = Fraction((day - start).days, (measure.deadline - start).days)
        lag = (min(Fraction(1), max(Fraction(0), gone))) * 100
        lag -= Fraction(measure.confirmed or 0, measure.target) * 100
        yellow = yellow or lag >= YELLOW_LAG
        red = red or (lag > RED_LAG and not is_standing)
    return yellow, red


def issue_of(one):
    return db.session.query(Issue).filter_by(number=one.number).one()
