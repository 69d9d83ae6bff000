"""One example ticket on its way: every step is the act a person would do, on its own day."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from config import EXAMPLE_DAY
from extensions import db
from issues import acts
from issues.burden import papers
from issues.colour.facts_of import measures_of
from issues.evidence import readings, rows as keeping
from issues.evidence.contradictions import rulings
from issues.evidence.intake import taking
from issues.evidence.measured import Measured
from issues.ground import clock
from issues.ground.present import present
from issues.models import Card, Contradiction, Issue, Notice
from issues.notices import acts as notice_acts, drafting
from issues.notices.fonts.faces import Face
from issues.notices.signing import Press
from issues.supervision import covert, lookbacks
from issues.vocabulary import (
    Action,
    Conclusion,
    EvidenceKind,
    LookbackResult,
    NoticeAct,
    NoticeKind,
    Standard,
)
from issues.web.ticket import values
from seed.pictures import photo

MORNING = time(9, 10)
ON_SITE = time(8, 30)
NIGHT, LATE = time(22, 5), time(23, 10)
PICTURES_OF_NOTES = 900_000
LABORATORY = "示例监测站"
A_STEP, A_DAY = timedelta(minutes=7), timedelta(days=1)
ON_THE_WAY = timedelta(minutes=5)
"""Between a picture and its upload from the place; less than a step, so that no two are one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every walk needs. Without a `face` no photograph is written on and nothing is signed."""

    cast: Mapping[str, Actor]
    press: Press
    face: Face | None


@dataclass(slots=True)
class Walk:
    """`unit`, `leader`: who answers for the ticket. Bureau people lead, confirm and accept."""

    scene: Scene
    number: int
    unit: str
    leader: str
    issue: Issue = field(init=False)
    day: date | None = None
    steps: int = 0
    pictures: int = 0

    def at(self, day: date) -> datetime:
        """A moment of the day, later than the one before it."""
        self.steps = self.steps + 1 if day == self.day else 0
        self.day = day
        morning = datetime.combine(day, MORNING, clock.SHANGHAI)
        return morning + timedelta(minutes=self.number % 17) + A_STEP * self.steps

    def do(self, action: Action, who: str, day: date, **detail: Any) -> None:
        """By the page's own form, drawn with all that the register knows."""
        person = self.scene.cast[who]
        drawn = values.drawn(action, self.issue, person)
        acts.do(action, self.issue, person, detail, at=self.at(day), drawn=drawn)

    def register(self, who: str, day: date, **detail: Any) -> None:
        self.issue = acts.register(self.scene.cast[who], detail, at=self.at(day))

    def prove(self, who: str, day: date, kind: EvidenceKind) -> int:
        """Upload one drawn photograph, taken just before; its id."""
        self.pictures += 1
        at = self.at(day)
        shot = (at - ON_THE_WAY).replace(tzinfo=None)
        picture = photo(self.number * 100 + self.pictures, kind.label, shot, self.scene.face)
        row = keeping.keep(
            self.issue,
            self.scene.cast[who],
            io.BytesIO(picture),
            f"示例-{kind.label}-{self.pictures:02d}.jpg",
            store=self.scene.press.store,
            kind=kind.value,
            note="示例照片，非实景",
            at=at,
        )
        return row.id

    def read(self, target: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> None:
        """Readings of one report as the unit types them; those marked so are confirmed."""
        if not told:
            return
        unit, report = (
            self.scene.cast[self.unit],
            self.prove(self.unit, EXAMPLE_DAY, EvidenceKind.MONITORING),
        )
        for one in told:
            measured = Measured(
                target["name"],
                Decimal(one["value"]),
                target["unit"],
                one["on"],
                LABORATORY,
                evidence_id=report,
            )
            at = self.at(EXAMPLE_DAY)
            row = readings.record(self.issue, unit, measured, at=at)
            if one.get("confirmed"):
                lookbacks.confirm_reading(self.issue, self.scene.cast["liu"], row, at=at)

    def plan(self, day: date, measures: list[dict[str, Any]]) -> None:
        self.do(Action.SUBMIT_PLAN, self.leader, day, measures=measures)

    def report(
        self, day: date, text: str, *, done: bool = False, values: tuple[Any, ...] = ()
    ) -> None:
        """`values`: reported figures by the order of the measures; None where there is none."""
        rows = measures_of(self.issue)
        figures = [*values, *[None] * (len(rows) - len(values))]
        lines = []
        for row, figure in zip(rows, figures, strict=True):
            told: dict[str, Any] = {"done": True} if done else {}
            told |= {} if figure is None else {"reported": str(figure)}
            lines.append({"id": row.id} | told)
        self.do(Action.REPORT_PROGRESS, self.unit, day, text=text, measures=lines)

    def confirm(self, day: date) -> None:
        self.do(Action.CONFIRM_PROGRESS, "liu", day, opinion="现场抽查与填报一致,予以确认。")

    def send_back(self, on: date, texts: Sequence[str], reason: str, ground: str) -> None:
        """Reported, given back the day after, reported otherwise and confirmed."""
        self.report(on, texts[0])
        self.do(Action.RETURN_PROGRESS, "liu", on + A_DAY, reason=reason, ground=ground)
        self.report(on + A_DAY, texts[1])
        self.confirm(on + 2 * A_DAY)

    def check(self, day: date) -> None:
        picture = self.prove("lin", day, EvidenceKind.SITE_CHECK)
        self.do(
            Action.RECORD_SITE_CHECK,
            "lin",
            day,
            at=datetime.combine(day, ON_SITE, clock.SHANGHAI).isoformat(),
            place=self.issue.place,
            inspectors=["lin", "lin2"],
            conclusion=Conclusion.PASS.value,
            measures=[
                {"id": row.id, "conclusion": Conclusion.PASS.value}
                for row in measures_of(self.issue)
            ],
            photos=[picture],
        )

    def judge(self, day: date, verdict: str, reason: str) -> None:
        """What an inspector says of the one contradiction the ticket has."""
        found = select(Contradiction).where(Contradiction.issue_id == self.issue.id)
        row = db.session.scalars(found).one()
        rulings.rule(self.issue, self.scene.cast["lin"], row, verdict, reason, at=self.at(day))

    def visit(self, day: date, text: str) -> None:
        """A look-back that found it well."""
        self.do(
            Action.RECORD_LOOKBACK,
            "lin",
            day,
            result=LookbackResult.PASS.value,
            at=datetime.combine(day, ON_SITE, clock.SHANGHAI).isoformat(),
            place=self.issue.place,
            inspectors=["lin", "lin2"],
            text=text,
        )

    def agree(self, day: date) -> None:
        self.do(
            Action.APPROVE_CLOSURE,
            "zhou",
            day,
            standards=[standard.value for standard in Standard],
            opinion="五项标准均已达到，同意公示。",
        )

    def notice(self, kind: NoticeKind, trigger: str, occurrence: str, day: date) -> Notice:
        """The draft of a trigger: the one that an act has drafted already, else a new one."""
        found = select(Notice).where(
            Notice.issue_id == self.issue.id, Notice.trigger == trigger, Notice.kind == kind
        )
        there = db.session.scalars(found.order_by(Notice.id.desc()).limit(1)).first()
        if there is not None:
            return there
        sun = self.scene.cast["sun"]
        drafted = drafting.draft(kind, [self.issue], trigger, occurrence, sun, self.at(day))
        return present(drafted, f"the draft for {trigger} of {self.issue.number}")

    def sign(self, notice: Notice, who: str, day: date) -> None:
        """Nothing where the machine has no faces to print with."""
        if self.scene.face is not None:
            self.on_notice(NoticeAct.SIGN, notice, who, day)

    def acknowledge(self, notice: Notice, who: str, day: date) -> None:
        if notice.number:
            name, phone = self.scene.cast[who].display_name, "0827-0001002"
            self.on_notice(NoticeAct.ACKNOWLEDGE, notice, who, day, name=name, phone=phone)

    def on_notice(self, act: NoticeAct, notice: Notice, who: str, day: date, **raw: Any) -> None:
        """By the page's own form: what the register knows is in it, `raw` beside or instead."""
        actor, press = self.scene.cast[who], self.scene.press
        known = {name: one.value for name, one in papers.said(act, notice, actor).items()}
        given, at = known | raw, self.at(day)
        notice_acts.do(act, notice.id, actor, given, press, at=at, drawn=known.keys())

    def red_card(self, day: date, reason: str) -> Notice:
        self.do(Action.RAISE_CARD, "sun", day, colour="red", reason=reason)
        card = db.session.scalars(
            select(Card).where(Card.issue_id == self.issue.id, Card.lifted_on.is_(None))
        ).one()
        return self.notice(NoticeKind.N3, "red_card", f"card-{card.id}", day)


def find_unseen(scene: Scene, number: int, told: Mapping[str, Any]) -> None:
    """A covert note of an inspector, with one drawn photograph."""
    lin, seen = scene.cast["lin"], datetime.combine(told["on"], NIGHT, clock.SHANGHAI)
    at = datetime.combine(told["on"], LATE, clock.SHANGHAI)
    said = {name: value for name, value in told.items() if name != "on"}
    note = covert.write(lin, said | {"at": seen.isoformat()}, at)
    picture = photo(PICTURES_OF_NOTES + number, "暗访", seen.replace(tzinfo=None), scene.face)
    name = f"示例-暗访-{number:02d}.jpg"
    proven = taking.take_in(io.BytesIO(picture), name, store=scene.press.store)
    covert.add_photo(note, lin, proven, at)
