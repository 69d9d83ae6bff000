"""What a draft would look like now, what keeps it from being signed, and what to look at twice."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from issues.colour.policies import workdays
from issues.ground import clock
from issues.models import Notice
from issues.notices.checks import check
from issues.notices.desk.claims import claims_of_desk, doubts_of_desk
from issues.notices.desk.departures import Departure, departures_of
from issues.notices.desk.overlay import Standing, standing
from issues.notices.drafting import FREE
from issues.notices.facts.gather import facts_for
from issues.notices.facts.partners import unknown_partners
from issues.notices.fonts.faces import Faces
from issues.notices.kinds import (
    MINUTES,
    compose,
    composed,
    empty_fields,
    template_name,
    template_of,
)
from issues.notices.kinds.board import disagreements
from issues.notices.kinds.claims import DOCUMENT
from issues.notices.kinds.claims.colours import RED
from issues.notices.kinds.proving import claims_of, doubted, left_out, unproven
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.page.document import Document
from issues.notices.passing import opinions
from issues.rules.dates.days import written
from issues.vocabulary import NoticeKind

PRESSING = frozenset({NoticeKind.N1, NoticeKind.N2, NoticeKind.N3})


class Draft(NamedTuple):
    """`errors` keep it from being signed, each at its field; `doubts` do not."""

    facts: NoticeFactsDoc
    document: Document
    errors: dict[str, list[str]]
    doubts: list[str]
    stands: list[Standing]

    @property
    def departures(self) -> list[Departure]:
        """What departs from the record: the signer confirms each."""
        return departures_of(self.stands, self.facts.get("desk") or {})

    @property
    def faults(self) -> list[str]:
        return [said for told in self.errors.values() for said in told]

    @property
    def digest(self) -> str:
        """Of all that signing would freeze: another digest is another paper."""
        text = json.dumps(self.facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def draft_now(notice: Notice, at: datetime, faces: Faces, *, is_example: bool) -> Draft:
    """The draft with the facts of this moment."""
    return draft_with(notice, notice.facts, at, faces, is_example=is_example)


def document_now(notice: Notice, at: datetime, *, is_example: bool) -> Document:
    """The page of `draft_now` alone, whether or not it may be signed."""
    facts = facts_for(notice.kind, notice.issues, notice.unit, at, notice.facts)
    facts["example"] = is_example
    return compose(facts)


def draft_with(
    notice: Notice, words: Mapping[str, Any], at: datetime, faces: Faces, *, is_example: bool
) -> Draft:
    """The same with other words of a person's, as yet unsaved."""
    facts = facts_for(notice.kind, notice.issues, notice.unit, at, words)
    facts["example"] = is_example
    desk = facts.get("desk") or {}
    said = composed(facts)
    stands = standing(said, desk)
    own = claims_of_desk(stands, desk, facts)
    claims = [*claims_of(facts, template_of(facts), template_name(facts)), *own]
    facts["claims"] = sorted({made.claim.name for _field, made in claims})
    document = compose(facts, said)
    errors = unproven(claims, facts)
    errors |= _wanting(notice, facts)
    if faults := [*check(document, faces), *_wrong(notice, facts, at)]:
        errors[DOCUMENT] = [*errors.get(DOCUMENT, ()), *faults]
    doubts = [*_doubts(notice, facts), *doubts_of_desk(stands, desk, facts)]
    return Draft(facts, document, errors, doubts, stands)


def _wrong(notice: Notice, facts: NoticeFactsDoc, at: datetime) -> list[str]:
    found = [*facts.get("city_lacks", ()), *facts.get("template_faults", ()), *empty_fields(facts)]
    if notice.kind not in FREE and any(
        issue.primary_unit_id != notice.unit_id for issue in notice.issues
    ):
        found.append("主送机关与事项现在的主责单位不一致，请作废后重新起草。")
    if notice.kind is NoticeKind.N5:
        found += disagreements(facts)
    if notice.kind is NoticeKind.N2 and (red := _red(facts)):
        found.append(f"{'、'.join(red)}现挂红牌，不能再予以黄牌督办，请改用督办通知书（红牌）。")
    if not facts.get("basis"):
        found.append("缺少依据。")
    today = clock.day_of(at).isoformat()
    meeting = (facts.get("meeting") or {}).get("on")
    if meeting and meeting < today and notice.kind is NoticeKind.N4:
        found.append("约谈日期早于今天。")
    dues = [facts.get("reply_due"), *(demand.get("due") for demand in facts["demands"])]
    if any(due and due < today for due in dues):
        found.append("督办要求或反馈的时限早于今天。")
    return found


def _wanting(notice: Notice, facts: NoticeFactsDoc) -> dict[str, list[str]]:
    """What a person has to choose or write, at its field."""
    told = {
        "recipients": _left_out(notice, facts),
        opinions.PARTNERS: [
            *unknown_partners(facts), *opinions.unsigned_partners(notice, facts),
        ],
        "body": [] if notice.kind is not NoticeKind.N9 or _is_written(facts) else ["请填写正文。"],
    }  # fmt: skip
    return {field: said for field, said in told.items() if said}


def _is_written(facts: NoticeFactsDoc) -> bool:
    return facts.get("form") == MINUTES or bool(facts.get("body"))


def _left_out(notice: Notice, facts: NoticeFactsDoc) -> list[str]:
    """Who has to answer is addressed, whoever is beside."""
    chosen = facts.get("recipients")
    if not chosen or notice.kind in FREE or notice.unit.code in chosen:
        return []
    return [f"主送单位中没有主责单位{notice.unit.short_name}。"]


def _red(facts: NoticeFactsDoc) -> list[str]:
    return [one["number"] for one in facts["issues"] if (one["card"] or {}).get("label") == RED]


def _meeting_day(facts: NoticeFactsDoc) -> date | None:
    on = (facts.get("meeting") or {}).get("on")
    return date.fromisoformat(on) if on else None


def _handed_before(facts: NoticeFactsDoc) -> list[str]:
    """What is handed over was handed over already, by a paper that stands."""
    label = NoticeKind.N0.label
    return [
        f"{issue['number']}已印发{label}（{earlier['number']}），请核对是否仍需印发。"
        for issue in facts["issues"]
        for earlier in issue["earlier_notices"]
        if earlier["kind_label"] == label
    ]


def _doubts(notice: Notice, facts: NoticeFactsDoc) -> list[str]:
    found = _handed_before(facts) if notice.kind is NoticeKind.N0 else []
    found += opinions.changed_since(notice, facts)
    if notice.kind in PRESSING:
        calm = [i["number"] for i in facts["issues"] if not i["reasons"] and not i["card"]]
        if calm:
            found.append(f"{'、'.join(calm)}今日没有触发规则，也没有挂牌，请核对是否仍需印发。")
    meeting = _meeting_day(facts)
    if meeting and not workdays().is_workday(meeting):
        found.append(f"约谈日期{written(meeting)}不是工作日，请核对。")
    found += [
        f"没有相应记录，未写入正文：{sentence}" for sentence in left_out(facts, template_of(facts))
    ]
    found += [f"“{words}”，系统没有记录，请核实。" for words in doubted(facts)]
    if not (facts.get("contact") or {}).get("phone"):
        found.append("没有联系电话。")
    return found
