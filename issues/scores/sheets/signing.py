"""Signing a score sheet: the check, the number, the page and its digest, in one transaction."""

from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit, counters
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import ScoreSheet
from issues.notices.page.gongwen import SETTING, render
from issues.notices.signing import LARGEST, Press
from issues.rights.table import Right, holds
from issues.scores.booking import SERIES
from issues.scores.sheets import checking
from issues.scores.sheets.gathering import Facts, gather
from issues.scores.sheets.writing import NAME, compose
from issues.scores.tallying import Period
from issues.vocabulary import ScoreAct, Subject

NOT_YOURS = "得分单须由市目标绩效办签发。"


class Ready(NamedTuple):
    """What would be signed, and what the record does not bear out of it."""

    facts: Facts
    faults: list[str]


def ready(unit: Unit, period: Period, actor: Actor, press: Press) -> Ready:
    """Raises NotFound."""
    facts = gather(unit, period, is_example=press.is_example) | {"signer": signer_of(actor)}
    return Ready(facts, checking.faults(facts, unit))


def signer_of(actor: Actor) -> str:
    """What the person's unit is called in full; empty where they have none."""
    name = db.session.scalar(select(Unit.name).where(Unit.id == actor.unit_id))
    return name or ""


def preview(unit: Unit, period: Period, actor: Actor, press: Press) -> bytes:
    """The draft as a PDF that says on every page that it is none."""
    return render(compose(ready(unit, period, actor, press).facts), press.faces()).pdf


def of(unit_id: int, period: Period) -> ScoreSheet | None:
    rows = select(ScoreSheet).filter_by(unit_id=unit_id, year=period.year, quarter=period.quarter)
    return db.session.scalars(rows).first()


def sign(unit: Unit, period: Period, actor: Actor, at: datetime, press: Press) -> ScoreSheet:
    """Freeze the paper. Never commits; the bytes are kept before the row can be.

    One a unit and quarter: what was published never changes. Raises NotAllowed, NotFound,
    WrongStatus, Incomplete with what the record does not bear out.
    """
    if not holds(actor, Right.PUBLISH_SCORES):
        raise NotAllowed(NOT_YOURS)
    counters.hold(SERIES)
    if of(unit.id, period) is not None:
        raise WrongStatus(f"{unit.short_name}{period.label}的得分单已经签发，不能重复签发。")
    found, on = ready(unit, period, actor, press), clock.day_of(at)
    if not found.facts["signer"]:
        raise Incomplete({"sheet": ["签发人没有所属单位，得分单无从署名"]})
    if found.faults:
        raise Incomplete({"sheet": found.faults}, "得分单与记录不符，尚未签发。")
    facts = found.facts | {
        "number": take_number(on.year),
        "signed_on": on.isoformat(),
        "signed_by": actor.display_name,
        "setting": SETTING,
    }
    pdf = render(compose(facts), press.faces()).pdf
    if (signer := press.signer()) is not None:
        pdf = signer.sign(pdf, f"签发{facts['number']}")
    row = ScoreSheet(
        unit_id=unit.id, year=facts["year"], quarter=facts["quarter"], number=facts["number"],
        facts=facts, sha256=press.store.put(BytesIO(pdf), limit=LARGEST).sha256, signed_at=at,
        signed_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    told = {"number": row.number, "unit": unit.code, "quarter": row.quarter, "sha256": row.sha256}
    audit.record(Subject.SCORE, row.year, ScoreAct.SIGN_SHEET, actor, at=at, detail=told)
    return row


def take_number(year: int) -> str:
    """考核得分单〔2025〕1号; given back where the transaction fails: no gap."""
    prefix = f"{NAME}〔{year}〕"
    return f"{prefix}{counters.take(f'sheet {prefix}')}号"


def frozen(sheet: ScoreSheet, press: Press) -> bytes:
    """The signed PDF, checked against its digest. Raises Damaged, Missing."""
    with press.store.read_verified(sheet.sha256) as file:
        return file.read()


def redrawn(sheet: ScoreSheet, press: Press) -> bytes:
    """The same paper from its stored facts: the same bytes; a digital signature only follows.

    One of another `setting` is drawn otherwise now: its kept bytes are the paper.
    """
    return render(compose(sheet.facts), press.faces()).pdf
