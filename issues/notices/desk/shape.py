"""What a person made of a draft's paragraphs, as plain data beside its other words."""

from typing import TypedDict


class BlockFacts(TypedDict, total=False):
    """Of an annex: a paragraph (`text`, `level`), a table (`rows`, `heads`) or a picture.

    A picture is a file on a ticket of the paper: its row, its bytes' digest, its size in points
    of the picture, what stands under it; of a PDF's page its number (`page`, from 1).
    """

    text: str
    level: int
    rows: list[list[str]]
    heads: bool
    evidence: int
    page: int
    sha256: str
    width: int
    height: int
    caption: str


class EntryFacts(TypedDict, total=False):
    """Of one paragraph. `text` is the person's, `record` what was composed when it was written.

    Without `text` the paragraph follows the record. `own`: added, no record composes it; `picture`:
    what stands over its text, which is the caption.
    """

    text: str
    record: str
    level: int
    struck: bool
    own: bool
    picture: "BlockFacts"


class AnnexFacts(TypedDict, total=False):
    key: str
    title: str
    blocks: list[BlockFacts]


class DeskFacts(TypedDict, total=False):
    """`order` names every paragraph that stood when it was last arranged, struck ones too."""

    order: list[str]
    paragraphs: dict[str, EntryFacts]
    annexes: list[AnnexFacts]
