"""Whether a paper prints what is the register's own: codes of rules, how a rule is undone."""

import re

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Issue
from issues.notices.facts.counted import bulletin_facts
from issues.notices.facts.gather import facts_for
from issues.notices.kinds import TEMPLATES, compose, shipped
from issues.notices.page.document import texts
from issues.vocabulary import NoticeKind, Rule

CODES = "|".join(sorted((rule.value for rule in Rule), key=len, reverse=True))
INSIDE = re.compile(rf"(?<![A-Za-z0-9])(?:{CODES})(?![A-Za-z0-9])|解除条件|[红黄]色线")


def _facts(issue):
    return facts_for(NoticeKind.N3, [issue], issue.primary_unit, clock.now(), {})


def _as(facts, name):
    kind, _, part = name.partition("-")
    changed = {"kind": TEMPLATES[name].kind.value, "template": shipped(name), "form": part}
    return facts | changed | ({"outcome": {"what": part}} if kind == NoticeKind.N8 else {})


def printing_codes():
    """Each kind of paper over each ticket with a unit, and over all of them: what it should not."""
    rows = select(Issue).where(Issue.primary_unit_id.is_not(None)).order_by(Issue.id)
    tickets = db.session.scalars(rows).all()
    board = {"bulletin": bulletin_facts(clock.today(), [one.number for one in tickets], None)}
    alone = [_facts(one) for one in tickets]
    several = [alone[0] | {"issues": [one["issues"][0] for one in alone[:count]]}
               for count in (3, 20)]  # fmt: skip
    assert sum(bool(one["issues"][0]["reasons"]) for one in alone) > len(TEMPLATES)
    return [
        (name, facts["issues"][0]["number"], found.group())
        for facts in (*alone, *several)
        for name in TEMPLATES
        for _place, text in texts(compose(_as(facts | board, name)))
        if (found := INSIDE.search(text))
    ]
