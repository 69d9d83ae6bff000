"""Y6 and R4: a notice is not signed for or answered, and yellow-card notices lapse again."""

from collections.abc import Iterator
from datetime import date

from issues.rules.dates.days import days_after, written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts, NoticeFacts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import LIFTED, on, passed
from issues.vocabulary import NoticeKind, Rule

TO_BE_ANSWERED = frozenset(
    {NoticeKind.N0, NoticeKind.N1, NoticeKind.N2, NoticeKind.N3, NoticeKind.N4}
)


def _unanswered_from(facts: Facts, _policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    """The day after a notice should have been signed for or answered, until it is."""
    for notice in facts.notices:
        if notice.kind not in TO_BE_ANSWERED or notice.replied_on:
            continue
        sign_due = None if notice.acknowledged_on else notice.sign_due
        owed = [day for day in (sign_due, notice.reply_due) if day]
        if owed:
            figures = _named(notice) | {
                "sign_due": sign_due.isoformat() if sign_due else None,
                "reply_due": notice.reply_due.isoformat() if notice.reply_due else None,
            }
            yield days_after(min(owed), 1), figures


def _escalated_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    """The second N2 whose answer was late or is missing, or a unit found unable to finish."""
    lapsed = sorted(_lapses(facts), key=lambda pair: pair[0])
    for count, (reply_due, notice) in enumerate(lapsed, start=1):
        if count >= policy.lapses_to_red and not notice.is_lifted:
            figures = _named(notice) | {
                "count": count,
                "reply_due": reply_due.isoformat(),
                "replied_on": notice.replied_on.isoformat() if notice.replied_on else None,
            }
            yield days_after(reply_due, 1), figures
            break
    if facts.unable_on:
        yield facts.unable_on, {"unable_on": facts.unable_on.isoformat()}


def _lapses(facts: Facts) -> Iterator[tuple[date, NoticeFacts]]:
    """Each N2 that was answered late, or will lapse if it is not answered."""
    for notice in facts.notices:
        if notice.kind != NoticeKind.N2 or notice.reply_due is None:
            continue
        if notice.replied_on is None or notice.replied_on > notice.reply_due:
            yield notice.reply_due, notice


def _named(notice: NoticeFacts) -> dict[str, str | int | None]:
    return {"notice": notice.kind.label, "number": notice.number}


def _unanswered(f: Figures, day: date) -> str:
    owed = [
        f"{verb}期限{written(on(f, name))}，{passed(on(f, name), day)}，未{verb}"
        for name, verb in (("sign_due", "签收"), ("reply_due", "答复"))
        if f[name]
    ]
    late = [text for text in owed if "已过" in text] or owed[:1]
    return f"{f['notice']}{f['number']}{'；'.join(late)}"


def _answer(f: Figures, _day: date) -> str:
    verbs = [verb for name, verb in (("sign_due", "签收"), ("reply_due", "答复")) if f[name]]
    return f"补办{'、'.join(verbs)}后解除"


def _escalated(f: Figures, day: date) -> str:
    if "unable_on" in f:
        return f"{written(on(f, 'unable_on'))}调度评估认定无法按期完成"
    due = on(f, "reply_due")
    late = (
        f"{written(on(f, 'replied_on'))}才答复"
        if f["replied_on"]
        else f"{passed(due, day)}，未答复"
    )
    return f"第{f['count']}份未按期答复的{f['notice']}{f['number']}：答复期限{written(due)}，{late}"


UNANSWERED = RuleRecord(
    rule=Rule.Y6,
    group=RuleGroup.CONDUCT,
    compile=_unanswered_from,
    reason=_unanswered,
    remedy=_answer,
    is_timed=True,
)
ESCALATED = RuleRecord(
    rule=Rule.R4,
    group=RuleGroup.CONDUCT,
    compile=_escalated_from,
    reason=_escalated,
    remedy=lambda _figures, _day: LIFTED,
    numbers=("lapses_to_red",),
)
