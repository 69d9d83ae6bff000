"""The ten kinds of notice: the form of each, and its words from a template a clerk may edit."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from issues.notices.desk.pieces import Piece
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.notices.kinds.template import Template, read
from issues.notices.kinds.writing import pieces_of, proposed_demands, title_by, wanting, write
from issues.notices.page.document import Document, Form
from issues.vocabulary import NoticeKind

FOLDER = Path(__file__).resolve().parents[1] / "forms"
RETURNED, CLOSED, LIFTED = "returned", "closed", "lifted"
REPORT = "report"
COUNTY = "county"
LETTER, MINUTES = "letter", "minutes"
"""Forms of an N5 beside the common one: a report upward, and what a county's centre issues."""


class Kind(NamedTuple):
    """One template of a kind: its name in Chinese, the kind, the form of its page."""

    label: str
    kind: NoticeKind
    form: Form


TEMPLATES: dict[str, Kind] = {
    "N0": Kind("交办通知", NoticeKind.N0, "file"),
    "N1": Kind("提示函", NoticeKind.N1, "letter"),
    "N2": Kind("督办通知书（黄牌）", NoticeKind.N2, "file"),
    "N3": Kind("督办通知书（红牌）", NoticeKind.N3, "file"),
    "N4": Kind("约谈通知", NoticeKind.N4, "letter"),
    "N5": Kind("通报", NoticeKind.N5, "file"),
    "N5-report": Kind("专报", NoticeKind.N5, "report"),
    "N5-county": Kind("县级通报", NoticeKind.N5, "file"),
    "N6": Kind("挂牌督办通知", NoticeKind.N6, "file"),
    "N7": Kind("问责线索移交函", NoticeKind.N7, "letter"),
    "N8-returned": Kind("退回整改函", NoticeKind.N8, "letter"),
    "N8-closed": Kind("销号函", NoticeKind.N8, "letter"),
    "N8-lifted": Kind("摘牌函", NoticeKind.N8, "letter"),
    "N9-letter": Kind("函", NoticeKind.N9, "letter"),
    "N9-circular": Kind("通知", NoticeKind.N9, "file"),
    "N9-request": Kind("请示", NoticeKind.N9, "upward"),
    "N9-statement": Kind("报告", NoticeKind.N9, "upward"),
    "N9-minutes": Kind("会议纪要", NoticeKind.N9, "minutes"),
}
UPWARD = frozenset({"N5-report", "N9-request", "N9-statement"})
"""Papers to an organ above, which name who signed them."""
OWN_WORDS = tuple(name.partition("-")[2] for name, one in TEMPLATES.items()
                  if one.kind is NoticeKind.N9)  # fmt: skip
"""The papers a person writes: what the facts call their form."""


def template_name(facts: NoticeFactsDoc) -> str:
    """Which template the facts ask for. An N8 without `outcome` tells a closure."""
    kind = facts["kind"]
    if kind == NoticeKind.N8:
        return f"{kind}-{(facts.get('outcome') or {}).get('what') or CLOSED}"
    if kind == NoticeKind.N5 and facts.get("form") in (REPORT, COUNTY):
        return f"{kind}-{facts['form']}"
    if kind == NoticeKind.N9:
        form = facts.get("form")
        return f"{kind}-{form if form in OWN_WORDS else LETTER}"
    return kind


def name_of(kind: NoticeKind, facts: Mapping[str, Any]) -> str:
    """What the paper is called: of a closure 销号函, not all that its kind may be.

    `facts` of a row, of which a draft has only what was settled or typed.
    """
    return TEMPLATES[template_name(cast("NoticeFactsDoc", {**facts, "kind": kind}))].label


def names_of(kind: NoticeKind) -> str:
    """What a paper of the city's of this kind may be called, where it is not yet settled."""
    county = f"{kind.value}-{COUNTY}"
    found = (one.label for name, one in TEMPLATES.items() if one.kind is kind and name != county)
    return "、".join(found)


@cache
def shipped(name: str) -> str:
    """The template the product comes with."""
    folder = FOLDER / "own" if TEMPLATES[name].kind is NoticeKind.N9 else FOLDER
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def template_of(facts: NoticeFactsDoc) -> Template:
    """The text the facts carry, else the shipped one. Raises Unreadable."""
    return read(facts.get("template") or shipped(template_name(facts)))


def form_of(facts: NoticeFactsDoc) -> Form:
    return TEMPLATES[template_name(facts)].form


def compose(facts: NoticeFactsDoc, pieces: Sequence[Piece] | None = None) -> Document:
    """The document of the kind its facts name; a title a person wrote stands before the kind's.

    `pieces`: what `composed` gives for these facts, where that is known.
    """
    said = composed(facts) if pieces is None else pieces
    return write(facts, template_of(facts), form_of(facts), said, facts.get("title"))


def title_of(facts: NoticeFactsDoc) -> str:
    """As `compose` has it."""
    return facts.get("title") or title_by(facts, template_of(facts), form_of(facts))


def composed(facts: NoticeFactsDoc) -> list[Piece]:
    """The paragraphs as the record alone would have them."""
    return pieces_of(facts, template_of(facts))


def default_demands(facts: NoticeFactsDoc) -> list[DemandFacts]:
    """What the template proposes where a person wrote none."""
    return proposed_demands(facts, template_of(facts))


def empty_fields(facts: NoticeFactsDoc) -> list[str]:
    return wanting(facts, template_of(facts))
