"""What the desk shows of a draft: its pages with the areas to press, its paragraphs, its steps."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask import request

from auth.actor import Actor
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import DraftTyping, Notice
from issues.notices.desk import typing, versions
from issues.notices.desk.annex.pictures import PDF
from issues.notices.desk.annex.putting import base_of
from issues.notices.desk.departures import SAID
from issues.notices.desk.origins import source_of
from issues.notices.desk.overlay import DEPARTING, Standing
from issues.notices.desk.pieces import marks_of
from issues.notices.desk.shape import AnnexFacts
from issues.notices.desk.steps import Conflict
from issues.notices.desk.words import Part, compared
from issues.notices.page import metrics
from issues.notices.page.document import Level
from issues.notices.page.places import Places
from issues.notices.page.sheets import Box
from issues.notices.readiness import Draft
from issues.queries.notices.files import pictures_of
from issues.web.desk.annex_form import sent
from issues.web.desk.drawing import drawn
from issues.web.door import forms

LEVELS = (
    (Level.TEXT.value, "正文"), (Level.FIRST.value, "一、"), (Level.SECOND.value, "（一）"),
    (Level.THIRD.value, "1."), (Level.FOURTH.value, "（1）"),
)  # fmt: skip
ABOVE, BELOW = 4.0, 6.0


class Area(NamedTuple):
    """A part of a page to press, in points from the left and the top; `goes` is where it leads."""

    goes: str
    name: str
    x: float
    y: float
    width: float
    height: float
    kind: str = ""


class Sheet(NamedTuple):
    number: int
    areas: list[Area]


@dataclass(slots=True)
class Shown:
    """One paragraph with its form. `text` is what stands in the form: typed text before kept."""

    stands: Standing
    mark: str
    text: str
    note: str
    source: str
    parts: list[Part] = field(default_factory=list)
    kept_at: str = ""
    is_open: bool = False
    theirs: list[Part] = field(default_factory=list)
    mine: str = ""
    errors: list[str] = field(default_factory=list)


class Back(NamedTuple):
    """The act that a press undoes or does again: who did it, what it was."""

    number: int
    said: str


class Refused(NamedTuple):
    """An annex as it was sent and not taken."""

    annex: AnnexFacts
    errors: list[str]


@dataclass(slots=True)
class Desk:
    digest: str
    sheets: list[Sheet]
    paragraphs: list[Shown]
    annexes: list[AnnexFacts]
    pictures: list[tuple[str, str]]
    pdfs: list[tuple[str, str]]
    typed_new: dict[str, DraftTyping]
    undo: Back | None
    redo: Back | None
    new_error: list[str]
    refused: Refused | None = None
    chosen: Collection[str] = ()
    levels: Sequence[tuple[int, str]] = LEVELS

    def base_of(self, annex: AnnexFacts) -> str:
        return base_of(annex)

    @property
    def departing(self) -> int:
        return sum(one.stands.state in DEPARTING for one in self.paragraphs) + len(self.annexes)


def desk_of(
    notice: Notice, ready: Draft, person: Actor, refusal: Refusal | None, chosen: Collection[str]
) -> Desk:
    _pdf, where = drawn(notice, ready)
    kept = typing.of(notice, person)
    paragraphs = [
        _shown(one, mark, kept.get(one.id), refusal)
        for one, mark in zip(ready.stands, _marks(ready.stands), strict=True)
    ]
    desk = ready.facts.get("desk") or {}
    undo, redo = _steps(notice)
    errors = refusal.errors if refusal else {}
    return Desk(
        digest=ready.digest,
        sheets=_sheets(where, paragraphs, chosen),
        paragraphs=paragraphs,
        annexes=desk.get("annexes") or [],
        pictures=pictures_of(notice),
        pdfs=pictures_of(notice, PDF),
        typed_new={key: row for key, row in kept.items() if key.startswith(typing.NEW)},
        undo=undo,
        redo=redo,
        new_error=errors.get("paragraphs.new", []),
        refused=_refused(notice, refusal),
        chosen=chosen,
    )


def _refused(notice: Notice, refusal: Refusal | None) -> Refused | None:
    if refusal is None or not request.path.endswith("/desk/annexes"):
        return None
    try:
        annex = sent(notice)
    except Refusal:  # a picture that is not to be had: the rest is drawn as it is kept
        annex = {"key": forms.carried("key"), "title": forms.carried("title"), "blocks": []}
    return Refused(annex, refusal.errors.get("annex") or [refusal.sentence])


def _marks(stands: Sequence[Standing]) -> list[str]:
    """The number of each that is printed; a struck one bears none."""
    marks = iter(marks_of(one.level for one in stands if not one.is_struck))
    return ["" if one.is_struck else next(marks) for one in stands]


def _shown(one: Standing, mark: str, typed: DraftTyping | None, refusal: Refusal | None) -> Shown:
    found = Shown(one, mark, one.text, SAID[one.state], source_of(one))
    if one.record is not None and one.text != one.record and not one.is_struck:
        found.parts = compared(one.record, one.text)
    if typed and typed.text != one.text:
        found.text, found.is_open = typed.text, True
        found.kept_at = f"{clock.local(typed.kept_at):%H:%M:%S}"
        if typed.base and typed.base != one.base:
            found.theirs, found.mine = compared(typed.text, one.text), typed.text
    if refusal and forms.carried("id") == one.id:
        found.is_open = True
        found.errors = refusal.errors.get(f"paragraphs.{one.id}", [])
        if isinstance(refusal, Conflict):
            found.text = found.mine = refusal.mine
            found.theirs = compared(refusal.mine, one.text)
        elif found.errors:
            found.text = forms.carried("text")
    elif refusal and f"paragraphs.{one.id}" in refusal.errors:
        found.errors, found.is_open = refusal.errors[f"paragraphs.{one.id}"], True
    return found


def _steps(notice: Notice) -> tuple[Back | None, Back | None]:
    found = versions.of_notice(notice)
    told = versions.told(notice, [found.now or 0, *found.redo[-1:]])
    undo = Back(found.undo[-1], told.get(found.now or 0, "")) if found.undo else None
    redo = Back(found.redo[-1], told.get(found.redo[-1], "")) if found.redo else None
    return undo, redo


def _sheets(where: Places, paragraphs: Sequence[Shown], chosen: Collection[str]) -> list[Sheet]:
    """`chosen`: fields of the draft's own form; what a person may choose leads to its field."""
    areas: dict[int, list[Area]] = {number: [] for number in range(1, where.pages + 1)}
    to = "f-recipients" if "recipients" in chosen else "desk-recipients"
    named = ((where.title, "f-title", "标题"), (where.recipients, to, "主送机关"))
    for boxes, goes, name in named:
        _put(areas, boxes, (goes, name, ""))
    printed = [one for one in paragraphs if not one.stands.is_struck]
    for one, boxes in zip(printed, where.body, strict=True):
        note = f"，{one.note}" if one.note else ""
        name = f"{one.mark}{one.stands.text[:30]}{note}"
        _put(areas, boxes, (f"p-{one.stands.id}", name, one.stands.state.value))
    signs = "f-partners" if "partners" in chosen else "desk-signature"
    contact = "f-contact_name" if "contact_name" in chosen else "desk-signature"
    _put(areas, where.signer, (signs, "署名", ""))
    _put(areas, where.date, ("desk-signature", "成文日期", ""))
    _put(areas, where.contact, (contact, "附注", ""))
    return [Sheet(number, found) for number, found in areas.items()]


def _put(areas: dict[int, list[Area]], boxes: Iterable[Box], said: tuple[str, str, str]) -> None:
    """One area a page, as wide as the text: a press beside a short line means it too."""
    goes, name, kind = said
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    for page, found in by_page.items():
        top = min(box.top for box in found) - ABOVE
        foot = max(box.top + box.height for box in found) + BELOW
        area = Area(goes, name, metrics.LEFT - 4, top, metrics.WIDTH + 8, foot - top, kind)
        areas[page].append(area)
