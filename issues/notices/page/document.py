"""What an official document says, word for word, before it is laid out.

Frozen and JSON-able both ways: the same document and the same fonts give the same bytes.
"""

from dataclasses import asdict, dataclass
from datetime import date as Day  # noqa: N812 - a field of Document is called date
from enum import IntEnum
from typing import Any, Literal

MOST_TEXT = 40_000
Form = Literal["file", "letter", "report"]
"""The page: 文件格式, 信函格式, or a 专报, which bears no 主送 and reports upward."""


class Level(IntEnum):
    """How deep a paragraph stands: 一、 (一) 1. (1), or plain text."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; nothing in it is markup. `indent` is the two characters at its head."""

    text: str
    level: Level = Level.TEXT
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the text area; `aligns` one letter a column, l or c.

    Without `heads` it is a form; `row_mm` is the least height of a row.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    aligns: str = ""
    row_mm: float = 8.0


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, one a label, each divided by colour: `keys` name the colours, `names` say them."""

    title: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Attachment:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """印发机关 and the day it is sent out, the last line of the 版记."""

    office: str
    on: Day | None


@dataclass(frozen=True, slots=True)
class Document:
    """`mark` is the red 发文机关标志; `phrases` are words a title line never breaks.

    `draft` draws 草稿 across each page; `example` says in the foot margin that data are examples.
    """

    form: Form
    mark: str
    title: str
    recipients: str
    body: tuple[Paragraph, ...]
    signer: str
    number: str | None = None
    date: Day | None = None
    secrecy: str | None = None
    urgency: str | None = None
    attachments: tuple[Attachment, ...] = ()
    copies: tuple[str, ...] = ()
    imprint: Imprint | None = None
    contact: str | None = None
    qr: str | None = None
    phrases: tuple[str, ...] = ()
    draft: bool = False
    example: bool = False

    @property
    def attachment_titles(self) -> tuple[str, ...]:
        return tuple(attachment.title for attachment in self.attachments)


def to_json(document: Document) -> dict[str, Any]:
    facts = asdict(document)
    facts["date"] = _written(document.date)
    if document.imprint:
        facts["imprint"]["on"] = _written(document.imprint.on)
    return facts


def from_json(facts: dict[str, Any]) -> Document:
    values = dict(facts)
    values["date"] = _read(values.get("date"))
    if values.get("imprint"):
        imprint = values["imprint"]
        values["imprint"] = Imprint(imprint["office"], _read(imprint["on"]))
    values["body"] = tuple(_paragraph(item) for item in values["body"])
    values["attachments"] = tuple(
        Attachment(item["title"], tuple(_block(block) for block in item["blocks"]))
        for item in values.get("attachments", ())
    )
    for name in ("copies", "phrases"):
        values[name] = tuple(values.get(name, ()))
    return Document(**values)


def texts(document: Document) -> list[tuple[str, str]]:
    """Every piece of text that is drawn, with the Chinese name of its place."""
    named = [
        ("发文机关标志", document.mark),
        ("发文字号", document.number),
        ("密级", document.secrecy),
        ("紧急程度", document.urgency),
        ("标题", document.title),
        ("主送机关", document.recipients),
        ("署名", document.signer),
        ("附注", document.contact),
        ("印发机关", document.imprint and document.imprint.office),
    ]
    pieces = [(place, text) for place, text in named if text]
    pieces += [("正文", paragraph.text) for paragraph in document.body]
    pieces += [("抄送机关", copy) for copy in document.copies]
    for number, attachment in enumerate(document.attachments, 1):
        pieces += [(f"附件{number}", text) for text in _attached(attachment)]
    return pieces


def _attached(attachment: Attachment) -> list[str]:
    found = [attachment.title]
    for block in attachment.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Chart):
            found += [block.title, *block.names, *block.labels]
        else:
            found += [*block.heads, *(cell for row in block.rows for cell in row)]
    return found


def _written(day: Day | None) -> str | None:
    return day.isoformat() if day else None


def _read(text: str | None) -> Day | None:
    return Day.fromisoformat(text) if text else None


def _paragraph(facts: dict[str, Any]) -> Paragraph:
    return Paragraph(facts["text"], Level(facts["level"]), facts["indent"])


def _block(facts: dict[str, Any]) -> Block:
    if "text" in facts:
        return _paragraph(facts)
    if "labels" in facts:
        return Chart(
            facts["title"],
            *(tuple(facts[name]) for name in ("labels", "keys", "names")),
            values=tuple(tuple(row) for row in facts["values"]),
        )
    return Table(
        widths=tuple(facts["widths"]),
        rows=tuple(tuple(row) for row in facts["rows"]),
        heads=tuple(facts["heads"]),
        aligns=facts["aligns"],
        row_mm=facts["row_mm"],
    )
