"""公示: what the public reads of a closure and how to object. A page and a PDF of one text."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from extensions import db
from issues.city.words import Words, words
from issues.colour.facts_of import measures_of
from issues.colour.policies import unpublished, workdays
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.models import Claim, Issue
from issues.notices.desk.pieces import ordinal
from issues.notices.facts import letterhead
from issues.notices.kinds.situation import deadline
from issues.notices.page.document import Document, Level, Paragraph
from issues.rules.dates.days import written
from issues.vocabulary import NoticeKind, Relation
from issues.workflow.effect.lacking import running_waivers

_PARTS = (
    ("", (Relation.PRIMARY, Relation.RESPONSIBLE)),
    ("牵头单位：", (Relation.LEAD,)),
    ("验收单位：", (Relation.ACCEPTANCE,)),
)


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """No name of a complainant, no covert material, no person but the office's contact."""

    number: str
    title: str
    parts: list[tuple[str, list[str]]]
    issuer: str
    on: date
    until: date


def public_notice(issue: Issue) -> PublicNotice:
    """Raises WrongStatus where the closure was never made public."""
    begin, end = issue.publicity_from, issue.publicity_until
    if begin is None or end is None:
        raise WrongStatus("本事项现不在公示期，没有公示文本。")
    said = words()
    title = issue.title if issue.title.endswith("问题") else f"{issue.title}问题"
    parts = [
        ("问题概况", [f"编号：{issue.number}。{issue.problem}"]),
        ("整改责任单位", [_units(issue)]),
        ("整改目标和措施", [issue.goal, *_measures(issue)]),
        ("完成时限", [_deadline(issue)]),
        ("整改完成情况", [*_result(issue), *_waived(issue)]),
        ("公示时间", [period(begin, end)]),
        ("异议反映方式", [_how_to_object(issue, said)]),
    ]
    return PublicNotice(
        issue.number,
        f"关于{title}整改完成情况的公示",
        [(head, [line for line in lines if line]) for head, lines in parts],
        letterhead.issuer(NoticeKind.N8, said)["name"],
        begin,
        end,
    )


def _units(issue: Issue) -> str:
    """Each under the part it has by the record: who leads is not therefore responsible."""
    told = [
        f"{label}{'、'.join(names)}"
        for label, relations in _PARTS
        if (names := dict.fromkeys(unit.name for one in relations for unit in issue.units(one)))
    ]
    return f"{'；'.join(told)}。"


def _measures(issue: Issue) -> list[str]:
    return [f"{m.no}. {m.text}（{m.unit.short_name}）" for m in measures_of(issue)]


def _deadline(issue: Issue) -> str:
    """The original words, and the day they mean where they do not say it themselves."""
    day = issue.deadline.isoformat() if issue.deadline else None
    told = deadline({"deadline_text": issue.deadline_text, "deadline": day})
    return f"{told}。" if told else ""


def _result(issue: Issue) -> list[str]:
    """What the request for acceptance says, and each step that the record dates."""
    claim = db.session.scalars(
        select(Claim)
        .where(Claim.issue_id == issue.id, Claim.round == issue.round)
        .order_by(Claim.id.desc())
        .limit(1)
    ).first()
    if claim is None:
        measures = measures_of(issue)
        done = bool(measures) and all(measure.is_done for measure in measures)
        return ["各项整改措施已完成。"] if done else []
    steps = (
        (claim.claimed_on, "责任单位申请验收"),
        (claim.first_passed_on, "通过初验"),
        (claim.checked_on, "通过现场核查"),
        (claim.approved_on, "同意公示"),
    )
    told = "，".join(f"{written(day)}{step}" for day, step in steps if day)
    return [claim.text, f"{told}。"]


def _waived(issue: Issue) -> list[str]:
    """What still lacked, and that the head has decided to go on: it is not kept from the public."""
    return [
        f"{'；'.join(row.lacks)}。市环委办负责人于{written(clock.day_of(row.at))}决定仍予推进，"
        f"理由：{row.reason}"
        for row in running_waivers(issue)
    ]


def period(begin: date, end: date) -> str:
    """From the day after publication, so that the days named hold as many as are said."""
    first = begin + timedelta(days=1)
    count = workdays().between(begin, end)
    guess = unpublished(begin, end)
    told = f"共{count}个工作日，{written(begin)}发布公示，当日不计入" + (
        f"；{guess}，按周一至周五推算" if guess else ""
    )
    return f"{written(first)}至{written(end)}（{told}）。"


def _how_to_object(issue: Issue, said: Words) -> str:
    """To the unit that accepted; where none did, and beside it, to the office."""
    contact = letterhead.contact(said)
    phone = f"（电话{contact['phone']}）" if contact.get("phone") else ""
    places = [f"{contact.get('name')}{phone}"]
    if issue.acceptance_unit:
        places.insert(0, f"验收单位{issue.acceptance_unit.name}")
    return (
        f"公示期内对整改完成情况有异议的，请以书面或电话方式向{'或者'.join(places)}反映，"
        "并说明具体事实；反映人信息严格保密。"
    )


def document_of(notice: PublicNotice, *, is_example: bool) -> Document:
    body: list[Paragraph] = []
    for place, (head, lines) in enumerate(notice.parts, 1):
        body.append(Paragraph(f"{ordinal(place)}、{head}", Level.FIRST))
        body += [Paragraph(line) for line in lines]
    return Document(
        form="letter",
        mark=notice.issuer,
        title=notice.title,
        recipients="",
        body=tuple(body),
        signer=notice.issuer,
        date=notice.on,
        example=is_example,
    )
