"""发文稿纸: how a paper came about, from its own history; what no record says stays blank."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Event, Notice
from issues.notices.fields import COSIGN, REVIEW
from issues.notices.page.document import Document, Table
from issues.notices.passing.opinions import Opinion, opinions_of
from issues.rules.dates.days import written
from issues.vocabulary import NoticeAct, Subject


class Step(NamedTuple):
    """Who did it, and when."""

    who: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.who}　{written(clock.day_of(self.at))}"


class Course(NamedTuple):
    """`edits`: after the drafting, in order. `signed`: None before."""

    document: Document
    drafted: Step | None
    edits: list[Step]
    reviews: list[Opinion]
    cosigns: list[Opinion]
    signed: Step | None

    @property
    def name(self) -> str:
        return f"{self.document.signer}发文稿纸"


def course_of(notice: Notice, document: Document) -> Course:
    """Two statements."""
    past: dict[str, list[Step]] = {}
    rows = select(Event).where(Event.is_about(Subject.NOTICE, notice.id)).order_by(Event.seq)
    for row in db.session.scalars(rows):
        step = Step(f"{row.unit} {row.actor}".strip(), row.at)
        past.setdefault(row.action, []).append(step)
    said = opinions_of(notice)
    drafted, signed = past.get(NoticeAct.DRAFT.value), past.get(NoticeAct.SIGN.value)
    return Course(
        document,
        drafted[0] if drafted else None,
        past.get(NoticeAct.EDIT.value, []),
        [one for one in said if one.step == REVIEW],
        [one for one in said if one.step == COSIGN],
        signed[0] if signed else None,
    )


def told(opinion: Opinion) -> str:
    """As the person is quoted on the sheet."""
    words = opinion.text or ("同意。" if opinion.is_agreed else "不同意。")
    who = " ".join(filter(None, (opinion.organ, opinion.name)))
    return f"{words}　{who}　{written(opinion.on)}"


def tables_of(course: Course) -> tuple[Table, ...]:
    """The sheet as one form."""
    paper = course.document
    marks = "　".join(filter(None, (paper.copy_number, paper.secrecy, paper.urgency)))
    wide = (
        ("签发", str(course.signed) if course.signed else ""),
        ("会签", "\n".join(map(told, course.cosigns))),
        ("核稿", "\n".join(map(told, course.reviews))),
        ("拟稿", str(course.drafted) if course.drafted else ""),
        ("修改", "\n".join(map(str, course.edits))),
        ("标题", paper.title),
        ("主送", paper.recipients),
        ("抄送", "，".join(paper.copies)),
        ("附件", "\n".join(paper.attachment_titles)),
    )
    tall = frozenset({"签发", "会签", "核稿"})
    head = Table(
        (2, 5.5, 2, 5.5),
        (("文号", paper.number or "", "密级缓急", marks),),
        aligns="cccc",
        row_mm=11,
    )
    return (
        head,
        *(Table((2, 13), (row,), aligns="cl", row_mm=20 if row[0] in tall else 11) for row in wide),
    )
