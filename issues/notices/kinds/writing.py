"""A document written from a template and the facts."""

from typing import Literal

from issues.notices.document import Attachment, Document, Level
from issues.notices.kinds.checking import is_block
from issues.notices.kinds.demands import set_consequence, set_demands
from issues.notices.kinds.frame import Body, assemble, headline
from issues.notices.kinds.named import BLOCKS, CONSEQUENCE, DAYS, DEMANDS, TABLES, Values
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.template import Line, Template, filled, wanted

Form = Literal["file", "letter", "report"]


def write(facts: NoticeFactsDoc, template: Template, form: Form) -> Document:
    values = Values(facts)
    body = Body()
    headings: list[str] = []
    for line in template.body:
        if line.level is Level.FIRST:
            headings = [filled(line.text, values)]
            continue
        before = len(body.paragraphs)
        _put(_under(body, headings), line, facts, template, values)
        if len(body.paragraphs) > before + len(headings):
            headings = []
        else:
            body.take_back(len(headings))
    enclosed = [TABLES[one.name].make(facts, one.title) for one in template.enclosures]
    return assemble(
        facts,
        form,
        headline(facts, template.title),
        body,
        [attachment for attachment in enclosed if attachment],
    )
