"""Texts on their way in: their bytes kept sealed, their words read anew whenever they are shown."""

import io
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on, workdays
from issues.evidence.decoding.decode import whole_text
from issues.evidence.intake import proof
from issues.evidence.intake.proof import FileType
from issues.evidence.intake.sealing_in import WORKBOOK, keep_parts
from issues.evidence.refusals import KindNotAllowed
from issues.evidence.storage.store import Store
from issues.exchange.aliases import unit_names
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock, signs
from issues.ground.refusals import Incomplete, NotFound
from issues.ground.secrecy import marking, sealing
from issues.models import TextDocument
from issues.territory.gazetteer import Gazetteer
from issues.texts.paragraphs import CELLS, paragraphs_of
from issues.texts.parts.places import Below
from issues.texts.reading import read
from issues.texts.record import Known, Read
from issues.vocabulary import Source

PASTED = ".txt"
LONGEST, LONGEST_NAME = 200_000, 120
TAKEN = (FileType.DOCX, FileType.PDF)


def read_words(
    text: str, source: Source | None, *, is_broken: bool = False, name: str = ""
) -> Read:
    """The drafts of a text by the city's units and the rules of today. Writes nothing."""
    _, policy = policy_on(clock.today())
    below = Below(Gazetteer.read())
    known = Known(Directory(unit_names()), policy, workdays(), below=below)
    return read(paragraphs_of(text, is_broken=is_broken), known, source, name)


def sample_of() -> tuple[str, list[str]]:
    """The city and its counties by name, for the sample."""
    directory = Directory(unit_names())
    return directory.city, [directory.called(code) for code in directory.counties]


def cleaned(text: str) -> str:
    """As a person sees it, with the tabs between the cells of its tables."""
    return CELLS.join(map(signs.clean, text.split(CELLS)))


def paste(store: Store, text: str) -> str:
    """The digest its bytes are kept under, sealed. Raises Incomplete, Marked."""
    refuse_length(text)
    marking.refuse([("text", text)])
    return _keep(store, text.encode())


def refuse_length(text: str) -> None:
    """Raises Incomplete."""
    if not text.strip():
        raise Incomplete({"text": ["请粘贴文字，或选择文件"]})
    if len(text) > LONGEST:
        raise Incomplete({"text": [f"文字超过{LONGEST}字，请分次粘贴"]})


def take_in(store: Store, stream: IO[bytes], filename: str) -> str:
    """A proven DOCX or PDF, sealed, by its digest. Raises EvidenceRefused, Incomplete, Marked."""
    claimed = proof.named_type(filename)
    if claimed not in TAKEN:
        raise KindNotAllowed("只识别 DOCX 和 PDF 文件，其他格式请复制文字后粘贴。")
    with store.receive(stream, limit=claimed.limit) as incoming:
        proof.examine(incoming.path, filename)
        text = whole_text(incoming.path, claimed.name)
        if not text.strip():
            told = "文件中没有文字，可能是扫描件，请先识别文字后粘贴"
            raise Incomplete({"file": [told]})
        marking.refuse([("file", f"{Path(filename).stem}\n{text}")])
        data = incoming.path.read_bytes()
    return _keep(store, data)


def _keep(store: Store, data: bytes) -> str:
    parts = sealing.sealing(io.BytesIO(data), WORKBOOK)
    return keep_parts(parts, store, size=len(data)).sha256


def note(name: str, sha256: str, source: Source, actor: Actor, at: datetime) -> TextDocument:
    """A row that names the kept bytes. Never commits."""
    row = TextDocument(
        name=name, source=source, sha256=sha256, uploaded_at=at, user_id=actor.id,
        key_id=sealing.current_key(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def named(filename: str) -> str:
    """What a document is called on pages."""
    return proof.safe_name(signs.bare(filename))[-LONGEST_NAME:]


def load(number: int, *, for_change: bool = False) -> TextDocument:
    """Raises NotFound. `for_change` makes a second person wait for the first."""
    rows = select(TextDocument).where(TextDocument.id == number)
    row = db.session.scalars(rows.with_for_update() if for_change else rows).first()
    if row is None:
        raise NotFound
    return row


def content(row: TextDocument, store: Store) -> bytes:
    """Raises Damaged, CannotOpen."""
    with store.read_verified(row.sha256) as file:
        return sealing.open_sealed(file.read(), WORKBOOK)


def read_again(row: TextDocument, store: Store) -> Read:
    """The same words as when it came in, by the units and rules of today."""
    data, kind = content(row, store), _kind_of(row)
    stem = Path(row.name).stem
    if kind is None:
        return read_words(data.decode(), row.source, name=stem)
    with store.receive(io.BytesIO(data), limit=kind.limit) as incoming:
        text = whole_text(incoming.path, kind.name)
    return read_words(text, row.source, is_broken=kind is FileType.PDF, name=stem)


def _kind_of(row: TextDocument) -> FileType | None:
    """None for a pasted text."""
    return None if row.name.endswith(PASTED) else proof.named_type(row.name)
