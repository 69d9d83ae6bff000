"""Notes of unannounced visits (暗访): written on the spot, with photos; some become tickets.

Nothing of a note is on any ticket's page. Its photos go with a ticket as covert evidence.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.act_fields import Field, optional
from issues.act_fields.bound import beyond_today
from issues.act_fields.details import read_details
from issues.act_fields.field import PAST
from issues.evidence.intake.attaching import attach, known_of
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import CovertNote, CovertPhoto, Evidence, Issue
from issues.rights.table import Right, holds
from issues.vocabulary import CovertAct, Source, Subject
from issues.workflow import load

MOST_PHOTOS = 50
LONGEST_TITLE = 40
FIELDS = (
    optional("title", "text", "标题", limit=120, hint="不填则取相关事项的标题，或问题的首句"),
    Field("findings", "long_text", "发现的问题", limit=5000),
    Field("at", "moment", "时间", when=PAST),
    Field("region", "region", "行政区域"),
    optional("place", "text", "点位", limit=500),
    optional("subject_firm", "text", "责任主体", limit=120),
    optional("concerns", "issue", "相关事项编号", hint="去看的是台账中哪一件"),
    optional("inspectors", "names", "同行人员", hint="到场督察员姓名，用顿号隔开"),
    optional("lon", "decimal", "经度", hint="手机定位的坐标，小数度；不填则取照片中的位置"),
    optional("lat", "decimal", "纬度", hint="手机定位的坐标，小数度；不填则取照片中的位置"),
)


def find(note_id: int, actor: Actor, *, for_change: bool = False) -> CovertNote:
    """Raises NotFound to whoever may not see what is covert."""
    query = select(CovertNote).where(CovertNote.id == note_id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    note = db.session.scalars(query).first() if holds(actor, Right.SEE_COVERT) else None
    if note is None:
        raise NotFound
    return note


def write(actor: Actor, raw: Mapping[str, Any], at: datetime) -> CovertNote:
    """A new note. Never commits. Raises NotAllowed, Incomplete."""
    _refuse_unless_inspector(actor)
    given = read_details(FIELDS, raw, None)
    if wrong := beyond_today(FIELDS, given, clock.day_of(at)):
        raise Incomplete(wrong)
    if (given["lon"] is None) != (given["lat"] is None):
        raise Incomplete({"lon": ["经度和纬度要一起填"]})
    plain = {name: given[name] or "" for name in ("place", "subject_firm")}
    figures = {name: None if given[name] is None else float(given[name]) for name in ("lon", "lat")}
    if abs(figures["lon"] or 0) > 180 or abs(figures["lat"] or 0) > 90:  # noqa: PLR2004 - degrees
        raise Incomplete({"lon": ["经度应在±180度之间，纬度应在±90度之间"]})
    concerns = _concerned(given["concerns"], actor)
    note = CovertNote(
        title=given["title"] or (concerns.title if concerns else _first_words(given["findings"])),
        findings=given["findings"],
        at=given["at"],
        region=given["region"],
        inspector_id=actor.id,
        created_at=at,
        concerns_id=concerns.id if concerns else None,
        inspectors=given["inspectors"],
        **plain,
        **figures,
    )
    db.session.add(note)
    db.session.flush()
    _tell(note, CovertAct.WRITE, actor, at, {"title": note.title})
    return note


def _concerned(number: str | None, actor: Actor) -> Issue | None:
    """The ticket the visit was about. Raises Incomplete where the person sees none such."""
    if number is None:
        return None
    try:
        return load(number, actor)
    except NotFound:
        raise Incomplete({"concerns": ["台账中没有这个编号的事项"]}) from None


def _first_words(findings: str) -> str:
    """The first sentence of what was found, as its title."""
    first = re.split(r"[。！？；\n]", findings, maxsplit=1)[0].strip() or findings
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"


def _refuse_unless_inspector(actor: Actor) -> None:
    if not holds(actor, Right.WRITE_COVERT):
        raise NotAllowed("暗访记录由督察员填写。")


def _tell(
    note: CovertNote, action: CovertAct, actor: Actor, at: datetime, detail: Mapping[str, Any]
) -> None:
    audit.record(Subject.COVERT, note.id, action, actor, at=at, detail=detail, is_covert=True)


def refuse_unless_open(note: CovertNote, actor: Actor) -> None:
    _refuse_unless_inspector(actor)
    if note.issue_id is not None:
        raise WrongStatus("这份暗访记录已登记为问题，请在该事项上传材料。")


def add_photo(note: CovertNote, actor: Actor, proven: Proven, at: datetime) -> CovertPhoto:
    """One kept file; the same bytes twice are one. Never commits."""
    refuse_unless_open(note, actor)
    known = next((photo for photo in note.photos if photo.sha256 == proven.sha256), None)
    if known is not None:
        return known
    if len(note.photos) >= MOST_PHOTOS:
        raise Incomplete({"file": [f"一份暗访记录最多{MOST_PHOTOS}个文件"]})
    photo = CovertPhoto(note_id=note.id, **known_of(proven, actor, at))
    note.photos.append(photo)
    if note.lon is None and photo.lon is not None:
        note.lon, note.lat = photo.lon, photo.lat
    db.session.flush()
    _tell(note, CovertAct.ADD_PHOTO, actor, at, {"name": photo.name, "sha256": photo.sha256})
    return photo


def said_of(note: CovertNote) -> dict[str, str]:
    """What the form of a new ticket is first filled with."""
    return {
        "source": Source.AF.value,
        "title": note.title,
        "problem": note.findings,
        "region": note.region,
        "place": note.place,
        "subject_firm": note.subject_firm,
        "lon": "" if note.lon is None else repr(note.lon),
        "lat": "" if note.lat is None else repr(note.lat),
    }


def carry(note: CovertNote, issue: Issue, actor: Actor, at: datetime) -> list[Evidence]:
    """The note became this ticket: its photos are the ticket's, and stay covert. Never commits."""
    note = find(note.id, actor, for_change=True)
    refuse_unless_open(note, actor)
    note.issue_id = issue.id
    rows = attach(
        note.photos, issue, actor, at, note=f"暗访记录第{note.id}号",
        unit_id=note.inspector.unit_id, is_covert=True,
    )  # fmt: skip
    _tell(note, CovertAct.BECOME_TICKET, actor, at, {"number": issue.number})
    return rows
