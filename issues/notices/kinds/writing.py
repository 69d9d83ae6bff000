"""A document written from a template and the facts."""

import hashlib
from collections.abc import Sequence

from issues.notices.desk.annex.printing import desk_annexes
from issues.notices.desk.overlay import printed
from issues.notices.desk.pieces import Origin, Piece
from issues.notices.kinds.checking import block_of
from issues.notices.kinds.demands import set_consequence, set_demands
from issues.notices.kinds.frame import Body, assemble, fitting_title, issued_by, short_subjects
from issues.notices.kinds.named import (
    BLOCKS,
    CONSEQUENCE,
    DAYS,
    DEMANDS,
    TABLES,
    Facts,
    Values,
)
from issues.notices.kinds.own.annexes import own_annexes
from issues.notices.kinds.proving import told
from issues.notices.kinds.shape import DemandFacts
from issues.notices.kinds.template import Line, Template, Text, filled, holes, wanted
from issues.notices.page.document import Document, Form, Level

CALENDAR = "工作日"


def write(
    facts: Facts, template: Template, form: Form, said: Sequence[Piece], title: str | None = None
) -> Document:
    """What the record says (`pieces_of`), as a person arranged and changed it at the desk."""
    desk = facts.get("desk") or {}
    made = (TABLES[one.name].make(facts, one.title) for one in template.enclosures)
    enclosed = [one for one in made if one]
    enclosed += [*own_annexes(facts), *desk_annexes(desk)]
    title = title or title_by(facts, template, form)
    return assemble(facts, form, title, printed(said, desk), enclosed)


def pieces_of(facts: Facts, template: Template) -> list[Piece]:
    """What the record says, paragraph by paragraph, whatever a person made of it."""
    values = Values(facts)
    body = Body()
    for line in template.body:
        block = block_of(line.text)
        body.at(_name_of(line.text, block), Origin(line.number, tuple(holes(line.text))))
        if block is not None:
            _put_block(body, block, facts, template)
        else:
            _put_line(body, line, values)
    if facts.get("calendar_note"):
        body.at(CALENDAR, Origin(0))
        body.text(facts["calendar_note"])
    return body.pieces


def _name_of(text: Text, block: str | None) -> str:
    """Of a line the digest of its words: another line that comes before it changes no name."""
    return block or hashlib.sha256(repr(text).encode()).hexdigest()[:12]


def _put_line(body: Body, line: Line, values: Values) -> None:
    text = told(line.text, values)
    if line.level is Level.FIRST:
        body.first(text)
    elif not text:
        return
    elif line.level is Level.SECOND:
        body.second(text)
    elif line.level is Level.THIRD:
        body.third(text)
    else:
        body.text(text)


def _put_block(body: Body, name: str, facts: Facts, template: Template) -> None:
    """What a person wrote goes before what the template proposes."""
    if name == DEMANDS:
        set_demands(body, facts.get("demands") or proposed_demands(facts, template))
    elif name == CONSEQUENCE:
        default = told(template.consequence, Values(facts))
        if facts.get("consequence") or default:
            set_consequence(body, facts, default)
    else:
        BLOCKS[name].put(body, facts)


def proposed_demands(facts: Facts, template: Template) -> list[DemandFacts]:
    values = Values(facts)
    found: list[DemandFacts] = []
    for demand in template.demands:
        made: DemandFacts = {"text": told(demand.text, values)}
        if not made["text"]:
            continue
        if demand.due:
            made["due"] = DAYS[demand.due].find(facts)
        found.append(made)
    return found


def title_by(facts: Facts, template: Template, form: Form) -> str:
    """机关、事由和文种; the 事由 shorter where it needs be. A 专报 does not repeat who reports."""
    issuer = "" if form == "report" else issued_by(facts)
    values = Values(facts)
    found = [filled(template.title, values)]
    for name in short_subjects(facts):
        values["事项"] = name
        found.append(filled(template.title, values))
    return fitting_title(facts, [f"{issuer}{title}" for title in found])


def wanting(facts: Facts, template: Template) -> list[str]:
    """Fields outside every bracket whose fact is empty, each at its line of the template."""
    values = Values(facts)
    found = [
        f"模板第{line.number}行的“{name}”没有内容，请补充事实，或在模板中用[ ]括起。"
        for line in template.body
        if not block_of(line.text)
        for name in wanted(line.text)
        if not values[name]
    ]
    return list(dict.fromkeys(found))
