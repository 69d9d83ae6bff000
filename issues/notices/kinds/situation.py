"""What was found: the problem, its goal and deadline, its progress, the rules that fired."""

import re

from issues.notices.kinds.frame import Body
from issues.notices.kinds.shape import CardFacts, IssueFacts, MeasureFacts, NoticeFactsDoc
from issues.notices.kinds.wording import (
    clause,
    day,
    formal,
    listed,
    paragraphs,
    quoted,
    quoted_paragraphs,
    sentence,
)
from issues.rules.listing import marked

_LINE = re.compile(r"[，；](?:[^，；。]*[红黄]色线|宽限)[^，；。]*")
MOST_IN_BODY = 3  # tickets told in full; more than that are told in 附件1


def set_situation(body: Body, facts: NoticeFactsDoc) -> None:
    """One ticket under its own headings, a few by name, many in the list alone."""
    issues = facts.get("issues", [])
    if len(issues) == 1:
        _one(body, issues[0], facts)
        return
    body.text(f"本次督办事项共{len(issues)}项，存在问题、整改目标、整改时限及督办事由详见附件1。")
    for issue in issues[:MOST_IN_BODY] if len(issues) <= MOST_IN_BODY else ():
        body.second(f"{issue['number']}号“{clause(issue['title'])}”", _short(issue))


def _one(body: Body, issue: IssueFacts, facts: NoticeFactsDoc) -> None:
    body.second("问题来源", origin(issue))
    if issue.get("problem"):
        _put(body, "存在问题", told(issue["problem"]))
    if goal_and_deadline(issue):
        _put(body, "整改目标和时限", goal_in_paragraphs(issue))
    done = progress(issue, facts.get("as_of") or facts.get("signed_on"))
    if done:
        body.second("整改进展", done)
    set_reasons(body, issue)
    if card := issue.get("card"):
        body.second("挂牌情况", carded(card))
    body.second("此前督办情况", earlier(issue))


def set_assigned(body: Body, facts: NoticeFactsDoc) -> None:
    """What is handed over: one ticket under headings, a few by name, many in the list alone."""
    issues = facts["issues"]
    if len(issues) == 1:
        body.second("问题来源", origin(issues[0]))
        _put(body, "存在问题", told(issues[0].get("problem", "")))
        _put(body, "整改目标和时限", goal_in_paragraphs(issues[0]))
        return
    body.text(f"本次交办事项共{len(issues)}项，具体内容详见附件1。")
    for issue in issues if len(issues) <= MOST_IN_BODY else ():
        body.second(f"{issue['number']}号“{clause(issue['title'])}”", goal_and_deadline(issue))


def _put(body: Body, heading: str, lines: list[str]) -> None:
    """The first runs on behind its heading, the others are paragraphs, as they were typed."""
    body.second(heading, lines[0] if lines else "")
    for line in lines[1:]:
        body.text(line)


def told(problem: str) -> list[str]:
    lines = quoted_paragraphs(problem) or [quoted(problem)]
    return [*lines[:-1], f"{lines[-1]}。".replace("。”。", "。”")]


def _short(issue: IssueFacts) -> str:
    reasons = listed(rules_of(issue))
    parts = [goal_and_deadline(issue), f"督办事由：{reasons}。" if reasons else ""]
    return "".join(parts)


def rules_of(issue: IssueFacts) -> list[str]:
    """Each rule once by its name, with the measures it is of; where none are told, once a reason.

    Its code is the register's, and no word of a letter.
    """
    found: dict[tuple[str, str, int | None], list[int]] = {}
    for place, reason in enumerate(issue.get("reasons", [])):
        measure = reason.get("measure")
        key = (reason["label"], reason["rule"], place if measure is None else None)
        found.setdefault(key, []).extend([] if measure is None else [measure])
    return [marked(label, "", measures) for (label, _rule, _), measures in found.items()]


def origin(issue: IssueFacts) -> str:
    told_as = issue.get("source_ref")
    reference = f"（{formal(told_as)}）" if told_as else ""
    parts = [f"该问题来源于{issue.get('source_label', '')}{reference}"]
    for label, value in (
        ("位于", issue.get("region_name")),
        ("主责单位为", issue.get("primary_unit")),
        ("牵头单位为", issue.get("lead_unit")),
        ("包案领导为", issue.get("sponsor")),
    ):
        if value:
            parts.append(f"{label}{formal(value)}")
    return sentence("，".join(parts))


def goal_and_deadline(issue: IssueFacts) -> str:
    parts = []
    for label, value in (("整改目标为", issue.get("goal")), ("验收标准为", issue.get("criteria"))):
        if value:
            parts.append(f"{label}：{clause(value)}")
    when = deadline(issue)
    if when:
        parts.append(f"整改时限为{when}")
    return sentence("；".join(parts)) if parts else ""


def goal_in_paragraphs(issue: IssueFacts) -> list[str]:
    """The same as one sentence, or in paragraphs where a person typed the goal in several."""
    parts = [("整改目标为", issue.get("goal") or ""), ("验收标准为", issue.get("criteria") or "")]
    typed = [(label, paragraphs(text)) for label, text in parts if text]
    if all(len(lines) <= 1 for _label, lines in typed):
        return [goal_and_deadline(issue)]
    found = []
    for label, lines in typed:
        found += [f"{label}：{lines[0]}", *lines[1:]]
        found[-1] = sentence(found[-1])
    when = deadline(issue)
    return [*found, sentence(f"整改时限为{when}")] if when else found


def deadline(issue: IssueFacts, between: str = "") -> str:
    """The original words, and the day they mean where they do not say it themselves."""
    words, on = formal(issue.get("deadline_text") or ""), day(issue.get("deadline"))
    if on and on not in words:
        return f"{words}{between}（即{on}）" if words else on
    return words


def progress(issue: IssueFacts, as_of: str | None) -> str:
    measures = issue.get("progress", [])
    if not measures:
        return ""
    done = sum(bool(measure.get("done")) for measure in measures)
    until = f"截至{day(as_of)}，" if as_of else "目前，"
    text = (
        f"{until}该问题处于{issue.get('status_label', '整改中')}阶段，共有整改措施{len(measures)}项"
    )
    text += f"，经确认完成{done}项。" if done else "，均未经确认完成。"
    undone = [measure for measure in measures if not measure.get("done")]
    return text + (sentence("；".join(map(_measure, undone))) if undone else "")


def _measure(measure: MeasureFacts) -> str:
    facts = [f"时限{day(measure['deadline'])}"] if measure.get("deadline") else []
    if measure.get("target"):
        unit = measure.get("unit_of_target") or ""
        facts.append(f"目标{measure['target']}{unit}")
        facts.append(f"已确认{measure.get('confirmed') or 0}{unit}")
    else:
        facts.append("未经确认完成")
    return f"措施{measure['no']}“{clause(measure['text'])}”，{'，'.join(facts)}"


def set_reasons(body: Body, issue: IssueFacts) -> None:
    reasons = issue.get("reasons", [])
    if not reasons:
        return
    body.second("督办事由")
    for reason in reasons:
        since = f"（自{day(reason['since'])}起）" if reason.get("since") else ""
        text = f"{reason['label']}{since}。{sentence(in_a_letter(reason['because']))}"
        body.third(text, f"{reason['rule']}.{reason.get('measure', '')}")


def in_a_letter(because: str) -> str:
    """What happened, without the line of the rule that it went over: no word of a letter."""
    return _LINE.sub("", because)


def carded(card: CardFacts) -> str:
    return sentence(f"{day(card['on'])}挂{card['label']}，理由：{clause(card['reason'])}")


def earlier(issue: IssueFacts) -> str:
    notices = issue.get("earlier_notices", [])
    if not notices:
        is_imported = (issue.get("past") or {}).get("imported_on")
        since = "纳入本系统以来" if is_imported else "此前"  # what was before is not on record
        return f"{since}未就该问题印发督办文书。"
    sent = [
        f"{day(notice['signed_on'])}印发{formal(notice['kind_label'])}（{notice['number']}）"
        for notice in notices
    ]
    return sentence(f"此前已于{'，'.join(sent)}")
