"""What a notice says, gathered from the records; a person's own words go before the defaults."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.city.words import Words, words as own_words
from issues.colour.policies import policy_on, unpublished, workdays
from issues.ground import clock, signs
from issues.models import Issue
from issues.notices.days import Days, days_of
from issues.notices.facts import letterhead, templates
from issues.notices.facts.addressed import addressed
from issues.notices.facts.cited import cited, texts_in
from issues.notices.facts.counted import bulletin_facts, city_facts, closed_rounds
from issues.notices.facts.findings import issues_facts, named_facts
from issues.notices.kinds import REPORT, UPWARD, shipped, template_name
from issues.notices.kinds.checking import unusable
from issues.notices.kinds.claims.bulletin import has_counts
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.template import holes, read
from issues.rules.dates.workdays import UNPUBLISHED
from issues.rules.each.notices_lapsed import TO_BE_ANSWERED
from issues.territory.centres import delegated_to
from issues.vocabulary import NoticeKind

TITLED = frozenset({"事项", "公文事由", "主送单位", "发文机关", "发文机关简称"})
"""Fields that ask nothing of what was done with the tickets."""
GROUPS = frozenset({"contact", "meeting", "outcome", "clue", "minutes"})
"""Facts made of several words, of which a person may write some."""


def facts_for(
    kind: NoticeKind,
    issues: Sequence[Issue],
    unit: Unit,
    at: datetime,
    words: Mapping[str, Any] | None = None,
) -> NoticeFactsDoc:
    """The facts of a notice as if signed at `at`, without number and day: those come by signing.

    Its template is the one in force, and is frozen with the facts.
    """
    words, said, on = words or {}, own_words(), clock.day_of(at)
    centre = _centre(words)
    days = _days(kind, issues, on, words, said)
    found: dict[str, Any] = {
        "kind": kind.value,
        "number": None,
        "signed_on": None,
        "as_of": on.isoformat(),
        "unit_name": _addressee(kind, issues, unit, words, said),
        "issuer": letterhead.issuer(kind, said),
        "issues": issues_facts(issues, on),
        "basis": letterhead.basis({issue.source for issue in issues}, said),
        "demands": [],
        **_due(days),
        "reply_by": letterhead.REPLIED_BY.get(kind, ""),
        "contact": letterhead.contact(said),
        "copies": _copies(kind, issues, said),
        "urgency": said["notice_urgency"].get(kind.value),
        "rounds": closed_rounds(on, centre),
        **_of_kind(kind, issues, on, days, words, centre),
    }
    found |= _of_centre(words.get("centre"), found, said) | _guess(on, days, words)
    facts = with_words(found, words) | addressed(words)
    facts |= _of_report(facts, words, said)
    facts |= _template(template_name(facts)) | _lacks(facts, words, said)
    facts["cited"] = cited((*texts_in(words), facts["template"]), issues, said)
    return cast("NoticeFactsDoc", _seen(facts))


def facts_of_title(
    kind: NoticeKind, issues: Sequence[Issue], unit: Unit, at: datetime, words: Mapping[str, Any]
) -> NoticeFactsDoc:
    """What the title of such a notice is made of: `title_of` gives the same as upon all facts.

    All of them where its template names more there than the tickets and who writes to whom.
    """
    said, name = own_words(), template_name(cast("NoticeFactsDoc", {**words, "kind": kind.value}))
    template = _template(name)
    if not TITLED.issuperset(holes(read(template["template"]).title)):
        return facts_for(kind, issues, unit, at, words)
    found: dict[str, Any] = {
        "kind": kind.value,
        "unit_name": _addressee(kind, issues, unit, words, said),
        "issuer": letterhead.issuer(kind, said),
        "issues": named_facts(issues),
        "copies": [],
    }
    found |= _of_centre(words.get("centre"), found, said)
    facts = with_words(found, words) | addressed(words) | template
    return cast("NoticeFactsDoc", _seen(facts))


def _centre(words: Mapping[str, Any]) -> Unit | None:
    """The county's centre whose paper it is."""
    if not words.get("centre"):
        return None
    return db.session.scalars(select(Unit).where(Unit.code == words["centre"])).one()


def _addressee(
    kind: NoticeKind, issues: Sequence[Issue], unit: Unit, words: Mapping[str, Any], said: Words
) -> str:
    """Nobody of a paper of a person's own words (N9) whose tickets do not tell."""
    is_told = bool(issues) and unit.id == issues[0].primary_unit_id
    is_up = f"{kind}-{words.get('form')}" in UPWARD
    if kind is NoticeKind.N9 and (is_up or not is_told):
        return ""
    return letterhead.addressee(kind, unit, said)


def _of_report(facts: NoticeFactsDoc, words: Mapping[str, Any], said: Words) -> NoticeFactsDoc:
    """A paper upward names who signed it, once somebody has; a 专报 whom it is sent to."""
    found: NoticeFactsDoc = {"signers": []} if template_name(facts) in UPWARD else {}
    if facts.get("form") == REPORT and not words.get("copies"):
        found["copies"] = letterhead.report_to(said)
    return found


def _due(days: Days) -> dict[str, str | None]:
    return {"sign_due": _iso(days.sign_due), "reply_due": _iso(days.reply_due)}


def _seen(value: Any) -> Any:
    """The texts of old records as a person sees them: nobody can mend what nobody sees."""
    if isinstance(value, str):
        return signs.bare(value)
    if isinstance(value, Mapping):
        return {name: _seen(one) for name, one in value.items()}
    return [_seen(one) for one in value] if isinstance(value, list | tuple) else value


def _lacks(facts: NoticeFactsDoc, words: Mapping[str, Any], said: Words) -> NoticeFactsDoc:
    """A centre's paper has a 代字 of its own."""
    name = "" if words.get("centre") else template_name(facts)
    lacks = letterhead.lacks(texts_in(facts), name, said)
    return {"city_lacks": lacks} if lacks else {}


def _template(name: str) -> NoticeFactsDoc:
    """The one in force; where it cannot be used any more, the shipped one and what is wrong."""
    text = signs.bare(templates.in_force(name)[1])
    wrong = [f"本类文书的模板不能使用：{fault}，请先更正模板。" for fault in unusable(text)]
    return {"template": shipped(name), "template_faults": wrong} if wrong else {"template": text}


def _of_kind(
    kind: NoticeKind, issues: Sequence[Issue], on: date, days: Days, words: Mapping[str, Any],
    centre: Unit | None,
) -> dict[str, Any]:  # fmt: skip
    """A centre's paper tells figures of what the centre drives, never of the city."""
    only = delegated_to(centre) if centre else None
    if kind is NoticeKind.N5:
        numbers = [issue.number for issue in issues]
        return {} if "bulletin" in words else {"bulletin": bulletin_facts(on, numbers, only)}
    found: dict[str, Any] = {}
    if kind is NoticeKind.N4:
        found["meeting"] = {"on": _iso(days.meeting_on), "report_due": _iso(days.reply_due)}
    if kind is NoticeKind.N6:
        found["card_days"] = policy_on(on)[1].red_days_n6
    if any(map(has_counts, texts_in(words))):
        found["city"] = city_facts(on, only)
    return found


def _days(
    kind: NoticeKind, issues: Sequence[Issue], on: date, words: Mapping[str, Any], said: Words
) -> Days:
    """A day a person set for the answer or the meeting goes before the counted one."""
    if kind not in TO_BE_ANSWERED and kind is not NoticeKind.N6:
        return _stated(Days(_receipt_due(kind, on, words), None, None), words)
    _number, policy = policy_on(on)
    meeting = (words.get("meeting") or {}).get("on")
    meeting_on = date.fromisoformat(meeting) if meeting else None
    days = days_of(kind, issues, on, policy, workdays(), said, meeting_on)
    return _stated(days, words)


def _receipt_due(kind: NoticeKind, on: date, words: Mapping[str, Any]) -> date | None:
    """Of a paper of a person's own words each unit it names gives a receipt, as of others."""
    if kind is not NoticeKind.N9 or not words.get("recipients"):
        return None
    return workdays().add(on, policy_on(on)[1].sign_workdays)


def _guess(on: date, days: Days, words: Mapping[str, Any]) -> dict[str, str]:
    """What is said of working days counted over years whose holidays are not published."""
    reply_due = None if words.get("reply_due") else days.reply_due
    counted = [day for day in (days.sign_due, reply_due, days.meeting_on) if day]
    if not counted or not unpublished(on, max(counted)):
        return {}
    years = "、".join(str(year) for year in workdays().guessed_years(on, max(counted)))
    return {"calendar_note": f"注：本件时限涉及{years}年，{UNPUBLISHED}，工作日按周一至周五推算。"}


def _stated(days: Days, words: Mapping[str, Any]) -> Days:
    stated = words.get("reply_due")
    return days._replace(reply_due=date.fromisoformat(stated)) if stated else days


def _of_centre(centre: str | None, found: Mapping[str, Any], said: Words) -> dict[str, Any]:
    """Its own letterhead and contact, of a centre's paper; the city's office reads a copy."""
    if not centre:
        return {}
    issuer = letterhead.issuer_of(centre, said)
    city = letterhead.issuer(NoticeKind.N1, said)["short"]
    return {
        "issuer": issuer,
        "contact": {"name": issuer["short"], "phone": ""},
        "copies": [*found["copies"], city],
    }


def _copies(kind: NoticeKind, issues: Sequence[Issue], said: Words) -> list[str]:
    named = []
    for issue in issues:
        if kind in letterhead.COPIED_TO_SPONSOR:
            named.append(issue.sponsor)
        if kind in letterhead.COPIED_TO_LEAD and issue.lead_unit_id != issue.primary_unit_id:
            named.append(issue.lead_unit.short_name if issue.lead_unit else "")
    named += said["notice_copies"].get(kind.value, [])
    return [name for name in dict.fromkeys(named) if name]


def with_words(facts: dict[str, Any], words: Mapping[str, Any]) -> NoticeFactsDoc:
    """A person's words before the defaults; the facts are changed."""
    for name, value in words.items():
        if name in GROUPS:
            facts[name] = {**(facts.get(name) or {}), **{k: v for k, v in value.items() if v}}
        elif value is not None:
            facts[name] = value
    return cast("NoticeFactsDoc", facts)  # its names come with the words


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
