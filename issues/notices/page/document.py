"""What an official document says, word for word, before it is laid out.

Frozen and JSON-able both ways: the same document and the same fonts give the same bytes.
"""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a field of Document is called date
from enum import IntEnum
from typing import Literal

MOST_TEXT = 40_000
DATE_TO_COME = "（签发日期）"
Form = Literal["file", "letter", "report", "upward", "minutes"]
"""文件格式，信函格式， a 专报 without 主送， a 文件 upward， and 纪要格式 of minutes."""


class Level(IntEnum):
    """How deep a paragraph stands: 一、 (一) 1. (1), or plain text."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; nothing in it is markup. `indent` is the two characters at its head.

    Of a `picture` the text is what stands under it.
    """

    text: str
    level: Level = Level.TEXT
    indent: bool = True
    picture: "Picture | None" = None


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the text area; `aligns` one letter a column, l or c.

    Without `heads` it is a form; `row_mm` is the least height of a row. `total` stands under the
    last row, never alone on a page.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    aligns: str = ""
    row_mm: float = 8.0
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, one a label, each divided by colour: `keys` name the colours, `names` say them."""

    title: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture by its digest, its size in pixels; `jpeg` is brought before it is drawn.

    `is_page`: a page of another file, which takes a page here.
    """

    sha256: str
    width: int
    height: int
    caption: str = ""
    jpeg: bytes = b""
    is_page: bool = False


Block = Paragraph | Table | Chart | Picture


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

    `partners`: 联合行文机关 after the main one. `signers`: 签发人 of a paper upward, none of a
    draft; None where the paper has no such line. `copy_number`: 份号. `people`: of minutes, each
    list by its name (出席).
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
    partners: tuple[str, ...] = ()
    signers: tuple[str, ...] | None = None
    copy_number: str | None = None
    people: tuple[tuple[str, str], ...] = ()

    @property
    def attachment_titles(self) -> tuple[str, ...]:
        return tuple(attachment.title for attachment in self.attachments)


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
        ("份号", document.copy_number),
    ]
    named += [("联合行文机关", partner) for partner in document.partners]
    named += [("签发人", signer) for signer in document.signers or ()]
    named += [("参会人员", text) for _label, text in document.people]
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
        elif isinstance(block, Picture):
            found.append(block.caption)
        else:
            found += [*block.heads, *(cell for row in block.rows for cell in row), *block.total]
    return found


def dated(day: Day | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else DATE_TO_COME
