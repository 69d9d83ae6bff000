"""The frame every kind shares: numbered headings, the title that fits, the document itself."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from issues.notices.desk.pieces import Origin, Piece, numbered
from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, formal, listed
from issues.notices.page import metrics
from issues.notices.page.document import Attachment, Document, Form, Imprint, Level
from issues.notices.page.titles import title_lines

REPORT_MARK = "突出生态环境问题整改专报"


class Body:
    """Paragraphs as they come, each with a name that lasts: 一、 then （一） then 1.

    A heading with nothing under it is left out. `at` says what the next ones come from.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._from = ("", Origin(0))
        self._under = ""
        self._heading: Piece | None = None
        self._met: Counter[str] = Counter()

    def at(self, name: str, origin: Origin) -> None:
        """What follows comes from this line of the template; `name` is the same in each draft."""
        self._from, self._under = (name, origin), ""

    def text(self, text: str) -> None:
        if text:
            self._add(Level.TEXT, text)

    def first(self, heading: str) -> None:
        self._heading = self._piece(Level.FIRST, heading, "") if heading else None

    def second(self, heading: str, text: str = "") -> None:
        self._under = heading
        self._add(Level.SECOND, f"{heading}{'。' if text else ''}{text}")

    def third(self, text: str, name: str = "") -> None:
        """`name`: what it tells of, where others may come before it another day."""
        self._add(Level.THIRD, text, name)

    def _add(self, level: Level, text: str, name: str = "") -> None:
        if self._heading:
            self.pieces.append(self._heading)
            self._heading = None
        self.pieces.append(self._piece(level, text, name))

    def _piece(self, level: Level, text: str, name: str) -> Piece:
        source, origin = self._from
        key = "/".join((source, self._under, str(level.value), name))
        self._met[key] += 1
        return Piece(f"{key}/{self._met[key]}", level, text, origin)


def subject(issues: Sequence[IssueFacts]) -> str:
    """What a title is about: the one problem, or how many."""
    if len(issues) == 1:
        title = clause(issues[0].get("title", ""))
        return title if title.endswith("问题") else f"{title}问题"
    regions = {issue.get("region_name", "") for issue in issues}
    region = regions.pop() if len(regions) == 1 else ""
    return f"{region}{len(issues)}个突出生态环境问题"


def named(facts: NoticeFactsDoc) -> str:
    """The one problem with its number, or how many, inside a sentence."""
    issues = facts["issues"]
    if len(issues) == 1:
        return f"“{subject(issues)}”（编号{issues[0].get('number', '')}）"
    return subject(issues)


def short_subject(facts: NoticeFactsDoc) -> str:
    """The ticket's number in place of its name, where the name makes a title too long."""
    numbers = [issue.get("number", "") for issue in facts.get("issues", [])]
    return f"{listed(numbers[:1])}号突出生态环境问题"


def fitting_title(facts: NoticeFactsDoc, titles: Sequence[str]) -> str:
    """The first that stays within three lines, else the last.

    The red head names the issuer, so a long title may leave it out.
    """
    phrases = phrases_of(facts)
    for title in titles:
        if len(title_lines(title, phrases)) <= metrics.TITLE_LINES:
            return title
    return titles[-1]


def phrases_of(facts: NoticeFactsDoc) -> tuple[str, ...]:
    """Names no title line breaks: units, regions, the issuer."""
    names = [facts["issuer"]["name"], facts.get("unit_name", "")]
    for issue in facts.get("issues", []):
        names += [issue.get("primary_unit", ""), issue.get("lead_unit", "")]
        names.append(issue.get("region_name", ""))
    return tuple(dict.fromkeys(name for name in names if name))


def contact_line(facts: NoticeFactsDoc) -> str | None:
    contact = facts.get("contact") or {}
    parts = [("联系人", contact.get("name")), ("联系电话", contact.get("phone"))]
    text = "，".join(f"{label}：{value}" for label, value in parts if value)
    return text or None


def assemble(
    facts: NoticeFactsDoc,
    form: Form,
    title: str,
    pieces: Sequence[Piece],
    attachments: Sequence[Attachment] = (),
) -> Document:
    """A notice without a number or a day is a draft."""
    issuer = facts["issuer"]
    signed = facts.get("signed_on")
    on = date.fromisoformat(signed) if signed else None
    return Document(
        form=form,
        mark=_mark(facts, form),
        title=title,
        recipients="" if form == "report" else formal(facts.get("unit_name", "")),
        body=tuple(numbered(pieces)),
        signer=issuer["name"],
        number=facts.get("number"),
        date=on,
        urgency=facts.get("urgency"),
        attachments=tuple(attachments),
        copies=tuple(formal(copy) for copy in facts.get("copies", [])),
        imprint=None if form == "letter" else Imprint(issuer["name"], on),
        contact=contact_line(facts),
        qr=facts.get("qr_url"),
        phrases=phrases_of(facts),
        draft=on is None or not facts.get("number"),
        example=facts.get("example", False),
    )


def _mark(facts: NoticeFactsDoc, form: Form) -> str:
    """A letter bears the issuer's name, a 文件 says so behind it, a 专报 has a name of its own."""
    issuer = facts["issuer"]
    mark = issuer.get("mark") or issuer["name"]
    if form == "report":
        return issuer.get("report") or REPORT_MARK
    return mark.removesuffix("文件") + ("文件" if form == "file" else "")
