"""Paragraphs a person wrote: the body of a letter or a circular, what minutes tell of a meeting."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from issues.notices.kinds.frame import Body, named, subject
from issues.notices.kinds.own.meetings import minutes_of, points, tasks
from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.template import level_of
from issues.notices.kinds.wording import clause, day, formal, sentence
from issues.notices.page.document import Level
from issues.notices.page.tables.typed import CELL, is_row

OF_NO_TICKET = "有关工作"


def subject_of(facts: NoticeFactsDoc) -> str:
    """What a person says the paper is about, else its tickets."""
    issues = facts.get("issues") or []
    told = clause(facts.get("subject") or "")
    return told or (f"{subject(issues)}整改工作" if issues else OF_NO_TICKET)


def minutes_subject(issues: Sequence[IssueFacts]) -> str:
    return f"{subject(issues)}整改约谈"


def set_typed(body: Body, facts: NoticeFactsDoc) -> None:
    """Each line a paragraph; its own number only tells its level, as in a template."""
    lines = [line for line in str(facts.get("body") or "").splitlines() if line.strip()]
    for line in _with_tables(lines):
        level, rest = level_of(line.strip())
        if level is Level.FIRST:
            body.first(formal(rest))
        elif level is Level.SECOND:
            body.second(formal(rest))
        elif level is Level.THIRD:
            body.third(sentence(rest))
        else:
            body.text("\n".join(map(formal, rest.split("\n"))))


def _with_tables(lines: Sequence[str]) -> Iterator[str]:
    """Lines of cells that follow one another are one table, and one paragraph."""
    for is_table, group in groupby(lines, key=is_row):
        if is_table:
            yield "\n".join(line.strip().replace("\t", CELL) for line in group)
        else:
            yield from group


def set_minutes_points(body: Body, facts: NoticeFactsDoc) -> None:
    for text in points(facts):
        body.text(text)


def set_minutes_tasks(body: Body, facts: NoticeFactsDoc) -> None:
    for text in tasks(facts):
        body.third(text)


def circumstances(facts: NoticeFactsDoc) -> str:
    """When, where and by whom it was held, as far as it is known; nothing without its day."""
    meeting = facts.get("meeting") or {}
    on = day(meeting.get("on"))
    if not on:
        return ""
    time, place = formal(meeting.get("time") or ""), formal(meeting.get("place") or "")
    host, at = formal(meeting.get("host") or ""), f"在{place}" if place else ""
    held = f"{host}{at}{'主持' if host else ''}召开会议"
    return f"{on}{time}，{held}，{_about(facts)}。现将有关情况和议定事项纪要如下。"


def _about(facts: NoticeFactsDoc) -> str:
    """Whom a summons called in, and on what; else what the meeting was about."""
    if minutes_of(facts).get("summons") and facts.get("issues"):
        return f"就{named(facts)}整改工作约谈{formal(facts.get('unit_name', ''))}"
    return f"研究{subject_of(facts)}"
