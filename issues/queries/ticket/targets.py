"""A ticket's targets as a page, a dossier and the API show them, each with its arithmetic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from extensions import db
from issues.colour.facts_of import measures_of
from issues.colour.targets_of import is_of, targets_of, targets_of_all
from issues.ground.batches import among
from issues.models import Issue, Measure, Reading, Target
from issues.rules.facts import TargetFacts
from issues.rules.targets import Held, Judged, state
from issues.rules.targets.sentences import judged_words, target_words
from issues.rules.targets.words import Proposed, plain, proposed
from issues.vocabulary import Nature

COUNTED = "按进度填报"
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """`row` is None for the count of a measure, which is that measure's own figure."""

    name: str
    unit: str
    held: Held
    judged: Judged
    measure: int | None
    source: str
    basis: str
    quote: str
    row: Target | None = None
    readings: Sequence[Reading] = ()

    @property
    def words(self) -> str:
        return target_words(self.name, self.held.sense, self.held.value, self.unit)

    @property
    def outcome(self) -> str:
        return judged_words(self.held, self.judged)


def targets_on(issue: Issue, day: date) -> list[TargetLine]:
    """Those that stand, as of a day: counts of measures in their order, then the others."""
    return targets_on_all([issue], day)[issue.id]


def targets_on_all(issues: Sequence[Issue], day: date) -> dict[int, list[TargetLine]]:
    """The same of many tickets, in as many statements as of one."""
    measures = plans_of(issues)
    facts = targets_of_all(issues)
    told = _told(one for held in facts.values() for one in held)
    found: dict[int, list[TargetLine]] = {}
    for issue in issues:
        counted = [one for one in measures[issue.id] if one.target is not None]
        found[issue.id] = [_of_measure(one, day) for one in counted] + [
            _of_row(*told[one.id], one, day) for one in facts[issue.id]
        ]
    return found


def plans_of(issues: Sequence[Issue]) -> dict[int, list[Measure]]:
    """The measures of each ticket's current round in their order, in one statement."""
    found: dict[int, list[Measure]] = {issue.id: [] for issue in issues}
    rows = (
        select(Measure)
        .join(Issue, and_(Issue.id == Measure.issue_id, Issue.round == Measure.round))
        .where(among(Measure.issue_id, found), Measure.dropped_at.is_(None))
    )
    for row in db.session.scalars(rows.order_by(Measure.no)):
        found[row.issue_id].append(row)
    return found


def beside_measures(issue: Issue, day: date) -> list[TargetLine]:
    """Those that are no count of a measure."""
    facts = targets_of(issue)
    told = _told(facts)
    return [_of_row(*told[one.id], one, day) for one in facts]


def _of_measure(measure: Measure, day: date) -> TargetLine:
    held = Held(
        measure.sense_of_target, measure.target or NONE, Nature.COUNT, measure.start,
        measure.deadline, measure.confirmed or NONE,
    )  # fmt: skip
    return TargetLine(
        name=measure.text.rstrip("。；"), unit=measure.unit_of_target, held=held,
        judged=state(held, (), day), measure=measure.no, source="", basis=COUNTED, quote="",
    )  # fmt: skip


def _of_row(row: Target, readings: Sequence[Reading], facts: TargetFacts, day: date) -> TargetLine:
    return TargetLine(
        name=row.name, unit=row.unit_of_value, held=facts.held,
        judged=state(facts.held, facts.readings, day), measure=facts.measure,
        source=row.source_unit, basis=row.basis, quote=row.quote, row=row, readings=readings,
    )  # fmt: skip


def _told(facts: Iterable[TargetFacts]) -> dict[int, tuple[Target, list[Reading]]]:
    """Each with every reading that was not withdrawn, confirmed or not, by the day."""
    ids = [one.id for one in facts]
    if not ids:
        return {}
    found: dict[int, tuple[Target, list[Reading]]] = {}
    stands = and_(is_of(Reading, Target), Reading.withdrawn_at.is_(None))
    asked = (
        select(Target, Reading)
        .outerjoin(Reading, stands)
        .where(among(Target.id, ids))
        .options(joinedload(Reading.unit))
        .order_by(Reading.sampled_on, Reading.id)
    )
    for target, reading in db.session.execute(asked):
        held = found.setdefault(target.id, (target, []))[1]
        if reading is not None:
            held.append(reading)
    return found


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A target read from the ticket's own words, to be confirmed: where they stand, and which."""

    place: str
    measure: int | None
    read: Proposed

    @property
    def words(self) -> str:
        return target_words(self.read.name, self.read.sense, self.read.value, self.read.unit)


def suggestions_for(issue: Issue, lines: Iterable[TargetLine]) -> list[Suggestion]:
    """What goal, standard and measures say and no target of the ticket says yet."""
    texts: list[tuple[str, int | None, str]]
    texts = [("验收标准", None, issue.criteria), ("整改目标", None, issue.goal)]
    texts += [(f"措施{one.no}", one.no, one.text) for one in measures_of(issue)]
    known = {(line.held.sense, line.held.value, plain(line.unit)) for line in lines}
    found: list[Suggestion] = []
    for place, number, text in texts:
        for read in proposed(text or ""):
            of_measure = read.nature is Nature.COUNT and number is not None
            key = (read.sense, read.value, plain(read.unit))
            if key not in known and not of_measure:
                known.add(key)
                found.append(Suggestion(place, number, read))
    return found
