"""Limits that a ticket's own words name and nobody has made a target of yet, or ruled out.

Asked when acceptance is asked for: until somebody has read “氨氮≤1.0mg/L” in the standard as a
target, required or not, no reading is held against it.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from extensions import db
from issues.models import Issue, Reading, Target
from issues.rules.targets import holds, units
from issues.rules.targets.sentences import target_words
from issues.rules.targets.words import Proposed, plain, proposed
from issues.workflow.effect.lacking import is_monitored

PLACES = (("验收标准", "criteria"), ("整改目标", "goal"))


def unconfirmed_limits(issue: Issue) -> Iterator[str]:
    """A sentence for each, with the newest reading of its item that is outside of it."""
    if not is_monitored(issue):
        return
    targets = db.session.scalars(select(Target).where(Target.issue_id == issue.id))
    known = {(one.sense, one.value, plain(one.unit_of_value)) for one in targets}
    rows = select(Reading).where(Reading.issue_id == issue.id, Reading.withdrawn_at.is_(None))
    newest = rows.order_by(Reading.sampled_on.desc(), Reading.id.desc())
    readings = db.session.scalars(newest).all()
    for place, name in PLACES:
        for read in proposed(getattr(issue, name) or ""):
            key = (read.sense, read.value, plain(read.unit))
            told = _outside(readings, read)
            if key not in known and (read.unit in units.CONTENTS or (told and not read.unit)):
                known.add(key)
                words = target_words(read.name, read.sense, read.value, read.unit)
                yield f"{place}写明{words}，尚未确认为目标{told}"


def _outside(readings: Sequence[Reading], read: Proposed) -> str:
    """By the newest reading of its item: 出水氨氮 is 氨氮."""
    row = next((one for one in readings if read.name.endswith(one.pollutant)), None)
    if row is None or holds(read.sense, read.value, row.value):
        return ""
    return f"，{row.sampled_on}读数{row.value:f}{row.unit_of_value}，未达标"
