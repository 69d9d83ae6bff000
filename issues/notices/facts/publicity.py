"""公示: what the public reads of a closure and how to object. A page and a PDF of one text."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.colour.policies import policy_on, unpublished
from issues.ground.refusals import WrongStatus
from issues.models import Claim, Issue
from issues.notices.facts import letterhead
from issues.notices.page.document import Document, Level, Paragraph
from issues.rules.dates.days import written
from issues.vocabulary import NoticeKind

ORDINALS = "一二三四五六"


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
    if issue.publicity_from is None or issue.publicity_until is None:
        raise WrongStatus("本事项现不在公示期，没有公示文本。")
    said = letterhead.words()
    title = issue.title if issue.title.endswith("问题") else f"{issue.title}问题"
    parts = [
        ("问题概况", [f"编号：{issue.number}。{issue.problem}"]),
        ("整改责任单位", [_responsible(issue)]),
        ("整改目标和措施", [issue.goal, *_measures(issue)]),
        ("整改完成情况", _result(issue)),
        ("公示时间", [_period(issue.publicity_from, issue.publicity_until)]),
        ("异议反映方式", [_how_to_object(said)]),
    ]
    return PublicNotice(
        issue.number,
        f"关于{title}整改完成情况的公示",
        [(head, [line for line in lines if line]) for head, lines in parts],
        letterhead.issuer(NoticeKind.N8, said)["name"],
        issue.publicity_from,
        issue.publicity_until,
    )


def _responsible(issue: Issue) -> str:
    names = [unit.name for unit in (issue.primary_unit, issue.lead_unit) if unit]
    accepted = f"，验收单位：{issue.acceptance_unit.name}" if issue.acceptance_unit else ""
    return f"{'、'.join(dict.fromkeys(names))}{accepted}。"


def _measures(issue: Issue) -> list[str]:
    return [f"{m.no}. {m.text}（{m.unit.short_name}）" for m in measures_of(issue)]


def _result(issue: Issue) -> list[str]:
    claim = db.session.scalars(
        select(Claim)
        .where(Claim.issue_id == issue.id, Claim.round == issue.round)
        .order_by(Claim.id.desc())
        .limit(1)
    ).first()
    if claim is None:
        return ["各项整改措施已完成。"]
    steps = (
        (claim.claimed_on, "责任单位申请验收"),
        (claim.first_passed_on, "通过初验"),
        (claim.checked_on, "通过现场核查"),
        (claim.approved_on, "同意公示"),
    )
    told = "，".join(f"{written(day)}{step}" for day, step in steps if day)
    return [claim.text, f"{told}。"]


def _period(begin: date, end: date) -> str:
    _, policy = policy_on(begin)
    first, last = written(begin), written(end)
    guess = unpublished(begin, end)
    told = f"{policy.publicity_workdays}个工作日" + (
        f"，{guess}，按周一至周五推算" if guess else ""
    )
    return f"{first}至{last}（{told}）。"


def _how_to_object(said: letterhead.Words) -> str:
    contact = said["notice_contact"]
    phone = f"，电话{contact['phone']}" if contact.get("phone") else ""
    return (
        f"公示期内对整改完成情况有异议的，请以书面或电话方式向{contact['name']}反映{phone}，"
        "并说明具体事实；反映人信息严格保密。"
    )


def document_of(notice: PublicNotice, *, is_example: bool) -> Document:
    body: list[Paragraph] = []
    for place, (head, lines) in enumerate(notice.parts):
        body.append(Paragraph(f"{ORDINALS[place]}、{head}", Level.FIRST))
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
