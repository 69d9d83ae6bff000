"""One ticket of a volume, made from its place in the row: the same every time, no database."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from config import EXAMPLE_DAY
from issues.rules.dates.days import written
from issues.rules.facts import ClaimFacts, Facts, MeasureFacts
from issues.vocabulary import DeadlineKind, ProblemType, Source, Status
from seed.bulk import told
from seed.city import BUREAU, OFFICE

LEADS = (BUREAU, "511900-SLJ", "511900-ZJJ", "511900-NYNC", "511900-ZRZY")
STANDING = (
    (Status.RECTIFYING, 52), (Status.CLOSED, 30), (Status.STANDING, 4), (Status.ASSIGNED, 2),
    (Status.PLANNING, 2), (Status.PLAN_REVIEW, 2), (Status.FIRST_ACCEPTANCE, 3),
    (Status.SITE_CHECK, 2), (Status.APPROVAL, 1), (Status.PUBLICITY, 2),
)  # fmt: skip
PLANNED = frozenset(word for word, _ in STANDING) - {
    Status.ASSIGNED, Status.PLANNING, Status.PLAN_REVIEW,
}  # fmt: skip
CLAIMED = PLANNED - {Status.RECTIFYING}
SOURCES = tuple(Source)
LONGEST_AGE, SHORTEST_AGE = 500, 20
OTHER_DICE = 10**9
"""What a ticket says changes nothing of its days."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """`values` are plain columns of the ticket, `measures` those of its rows."""

    number: str
    primary: str
    lead: str
    acceptance: str
    region: str
    status: Status
    assigned: date
    claimed: date | None
    closed: date | None
    last_report: date | None
    values: dict[str, Any]
    measures: list[dict[str, Any]]

    def facts(self) -> Facts:
        planned = self.status in PLANNED
        return Facts(
            source=self.values["source"],
            status=self.status,
            kind=self.values["deadline_kind"],
            assigned=self.assigned,
            due=self.values["deadline"],
            measures=tuple(_measure_facts(row) for row in self.measures) if planned else (),
            claims=(ClaimFacts(self.claimed),) if self.claimed else (),
            reporting_from=self.approved if planned else None,
            last_report_on=self.last_report,
        )

    @property
    def approved(self) -> date:
        return self.assigned + timedelta(days=12)


def _measure_facts(row: dict[str, Any]) -> MeasureFacts:
    return MeasureFacts(
        no=row["no"],
        start=row["start"],
        deadline=row["deadline"],
        target=row["target"],
        unit_of_target=row["unit_of_target"],
        confirmed=row["confirmed"],
        done=row["is_done"],
    )


def ticket(place: int) -> Ticket:
    dice = random.Random(place)  # noqa: S311 - the same volume every time
    (status,) = dice.choices([word for word, _ in STANDING], [share for _, share in STANDING])
    age = dice.randint(SHORTEST_AGE if status in PLANNED else 1, LONGEST_AGE)
    if status not in PLANNED:
        age = age % SHORTEST_AGE + 1
    assigned = EXAMPLE_DAY - timedelta(days=age)
    deadline = assigned + timedelta(days=max(age // 2, dice.randint(60, 700)))
    primary, lead = dice.choice(list(told.COUNTIES)), dice.choice(LEADS)
    source = SOURCES[place % len(SOURCES)]
    claimed = assigned + timedelta(days=max(15, age * 2 // 3)) if status in CLAIMED else None
    closed = claimed + timedelta(days=age // 5) if claimed and _is_struck(status) else None
    return Ticket(
        number=f"BZ-{source.value}-{assigned.year}-{place:06d}",
        primary=primary,
        lead=lead,
        acceptance=OFFICE if dice.random() < 0.1 else lead,  # noqa: PLR2004 - a tenth
        region=primary,
        status=status,
        assigned=assigned,
        claimed=claimed,
        closed=closed,
        last_report=_last_report(dice, status, assigned, claimed),
        values=_values(place, source, status, deadline) | _said(place, primary),
        measures=_measures(dice, status, assigned, deadline, primary, lead),
    )


def _values(place: int, source: Source, status: Status, deadline: date) -> dict[str, Any]:
    is_lasting = status is Status.STANDING
    kind = DeadlineKind.FIXED_THEN_STANDING if is_lasting else DeadlineKind.FIXED
    return {
        "source": source,
        "criteria": "达到整改目标要求，现场无反弹。",
        "types": [tuple(ProblemType)[place % len(ProblemType)].value],
        "sponsor": "分管副县长（示例）",
        "deadline": deadline,
        "deadline_text": written(deadline) + "前" + ("完成，长期坚持" if is_lasting else ""),
        "deadline_kind": kind,
    }


def _said(place: int, county: str) -> dict[str, Any]:
    dice = random.Random(OTHER_DICE + place)  # noqa: S311 - as above
    where, wrong = f"示例{dice.choice(told.PLACES)}{place}", dice.choice(told.WRONGS)
    lon, lat = told.point(dice, county)
    return {
        "title": f"示例：{where}{wrong}",
        "problem": told.problem(dice, where, wrong),
        "goal": f"{wrong}问题整改到位。",
        "place": where,
        "lon": lon,
        "lat": lat,
    }


def _is_struck(status: Status) -> bool:
    return status in (Status.CLOSED, Status.STANDING)


def _last_report(
    dice: random.Random, status: Status, assigned: date, claimed: date | None
) -> date | None:
    """Most units report in time; one in twelve does not."""
    if status not in PLANNED:
        return None
    if claimed and status is not Status.STANDING:
        return claimed - timedelta(days=2)
    late = 70 if dice.randrange(12) == 0 else 0
    return max(assigned + timedelta(days=13), EXAMPLE_DAY - timedelta(days=5 + late))


def _measures(
    dice: random.Random, status: Status, assigned: date, deadline: date, primary: str, lead: str
) -> list[dict[str, Any]]:
    rows = []
    for no in range(1, dice.randint(3, 4) + 1):
        target = Decimal(dice.randint(10, 200)) if no == 1 else None
        until = assigned + (deadline - assigned) * (no + 1) / 5 if no < 4 else deadline  # noqa: PLR2004 - the last
        is_done = status in CLAIMED or (status is Status.RECTIFYING and until < EXAMPLE_DAY)
        is_done = is_done and (status in CLAIMED or dice.randrange(10) > 0)
        share = _share(assigned, until) if status is Status.RECTIFYING else Decimal(0)
        rows.append(
            {
                "no": no,
                "text": f"示例措施{no}：按方案完成第{no}阶段整改内容。",
                "unit": primary if no < 3 else lead,  # noqa: PLR2004 - the first two
                "start": assigned,
                "deadline": until,
                "deadline_text": written(until),
                "target": target,
                "unit_of_target": "处" if target else "",
                "confirmed": None if target is None else _figure(dice, target, share, is_done),
                "is_done": is_done,
            }
        )
    return rows


def _share(start: date, end: date) -> Decimal:
    days = max(1, (end - start).days)
    return min(Decimal(1), Decimal((EXAMPLE_DAY - start).days) / days)


def _figure(dice: random.Random, target: Decimal, share: Decimal, is_done: bool) -> Decimal:  # noqa: FBT001 - a fact
    """Most keep near their line."""
    if is_done:
        return target
    lag = Decimal(dice.choice((0, 0, 0, 0, 5, 15, 40))) / 100
    return (target * max(Decimal(0), share - lag)).quantize(Decimal(1))
