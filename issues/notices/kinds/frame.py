"""The frame every kind shares: numbered headings, the title that fits, the document itself."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from issues.notices import metrics
from issues.notices.document import Attachment, Document, Imprint, Level, Paragraph
from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, formal, listed, ordinal
from issues.notices.titles import title_lines


class Body:
    """Paragraphs numbered as they come: 一、 then （一） then 1."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._counts = [0, 0, 0]

    def text(self, text: str) -> None:
        if text:
            self.paragraphs.append(Paragraph(text))

    def first(self, heading: str) -> None:
        self._add(Level.FIRST, f"{ordinal(self._next(0))}、{heading}")

    def second(self, heading: str, text: str = "") -> None:
        self._add(
            Level.SECOND, f"（{ordinal(self._next(1))}）{heading}{'。' if text else ''}{text}"
        )

    def third(self, text: str) -> None:
        self._add(Level.THIRD, f"{self._next(2)}. {text}")

    def _next(self, depth: int) -> int:
        self._counts[depth] += 1
        self._counts[depth + 1 :] = [0] * (len(self._counts) - depth - 1)
        return self._counts[depth]

    def _add(self, level: Level, text: str) -> None:
        self.paragraphs.append(Paragraph(text, level))


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


def headline(facts: NoticeFactsDoc, about: str, word: str) -> str:
    """The fullest title that stays within three lines.

    The red head names the issuer, so a long title may leave it out; then the ticket's number
    stands for its name.
    """
    issuer = facts["issuer"]["name"]
    numbers = [issue.get("number", "") for issue in facts.get("issues", [])]
    short = about.replace(
        subject(facts.get("issues", [])), f"{listed(numbers[:1])}号突出生态环境问题"
    )
    phrases = phrases_of(facts)
    for title in (f"{issuer}关于{about}的{word}", f"关于{about}的{word}", f"关于{short}的{word}"):
        if len(title_lines(title, phrases)) <= metrics.TITLE_LINES:
            return title
    return title


def phrases_of(facts: NoticeFactsDoc) -> tuple[str, ...]:
    """Names no title line breaks: units, regions, the issuer."""
    names = [facts["issuer"]["name"], facts.get("unit_name", "")]
    for issue in facts.get("issues", []):
        names += [issue.get(key) or "" for key in ("primary_unit", "lead_unit", "region_name")]
    return tuple(dict.fromkeys(name for name in names if name))


def contact_line(facts: NoticeFactsDoc) -> str | None:
    contact = facts.get("contact") or {}
    parts = [("联系人", contact.get("name")), ("联系电话", contact.get("phone"))]
    text = "，".join(f"{label}：{value}" for label, value in parts if value)
    return text or None


def assemble(
    facts: NoticeFactsDoc,
    form: Literal["file", "letter"],
    title: str,
    body: Body,
    attachments: Sequence[Attachment] = (),
) -> Document:
    """A notice without a number or a day is a draft."""
    issuer = facts["issuer"]
    signed = facts.get("signed_on")
    on = date.fromisoformat(signed) if signed else None
    mark = issuer.get("mark") or issuer["name"]
    return Document(
        form=form,
        mark=mark.removesuffix("文件") + ("文件" if form == "file" else ""),
        title=title,
        recipients=formal(facts.get("unit_name", "")),
        body=tuple(body.paragraphs),
        signer=issuer["name"],
        number=facts.get("number"),
        date=on,
        urgency=facts.get("urgency"),
        attachments=tuple(attachments),
        copies=tuple(formal(copy) for copy in facts.get("copies", [])),
        imprint=Imprint(issuer["name"], on) if form == "file" else None,
        contact=contact_line(facts),
        qr=facts.get("qr_url"),
        phrases=phrases_of(facts),
        draft=on is None or not facts.get("number"),
        example=facts.get("example", False),
    )
