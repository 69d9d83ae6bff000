"""Paragraphs a person wrote: the body of a letter or a circular, what minutes tell of a meeting."""

from collections.abc import Sequence

from issues.notices.kinds.frame import Body, subject
from issues.notices.kinds.own.meetings import points, tasks
from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.template import level_of
from issues.notices.kinds.wording import clause, formal, sentence
from issues.notices.page.document import Level

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
    for line in str(facts.get("body") or "").splitlines():
        if not line.strip():
            continue
        level, rest = level_of(line.strip())
        if level is Level.FIRST:
            body.first(formal(rest))
        elif level is Level.SECOND:
            body.second(formal(rest))
        elif level is Level.THIRD:
            body.third(sentence(rest))
        else:
            body.text(formal(rest))


def set_minutes_points(body: Body, facts: NoticeFactsDoc) -> None:
    for text in points(facts):
        body.text(text)


def set_minutes_tasks(body: Body, facts: NoticeFactsDoc) -> None:
    for text in tasks(facts):
        body.third(text)
