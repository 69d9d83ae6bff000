"""Figure 24: files changed by a hostile hand are refused, or do nothing by themselves."""

import io
import itertools
import random
import re
import resource
import time
import zipfile

import pikepdf
import pytest
import tally
from active_files import pdf as one_page
from PIL import Image
from tally import part, tell

from issues.evidence.intake.proof import FileType, examine
from issues.evidence.refusals import BrokenFile, KindNotAllowed
from tests.evidence import samples
from tests.evidence.intake.hostile import BOMBS, BROKEN, NOT_WHAT_THE_NAME_SAYS

SECONDS, MEBIBYTES = 10, 256
MOST_PIXELS = 100_000_000
SEED = 20251125
ROUNDS = 10 if tally.FULL else 1
HTML = b"<html><script>alert(1)</script></html>"
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/RichMedia", "/EmbeddedFile", "/XFA", "/SubmitForm",
          "/ImportData")  # fmt: skip
PROGRAM = re.compile(rb"vbaProject|macroEnabled|oleObject|<!DOCTYPE|<!ENTITY|\bDDE(?:AUTO)?\b")


def flipped(rng, data):
    held = bytearray(data)
    for _ in range(rng.choice([1, 4, 64])):
        held[rng.randrange(len(held))] ^= 1 << rng.randrange(8)
    return bytes(held)


def cut(rng, data):
    return data[: rng.randrange(1, len(data))]


def doubled(rng, data):
    at = rng.randrange(len(data))
    return data[:at] + data


def with_a_page_in_it(rng, data):
    at = rng.randrange(len(data) + 1)
    return data[:at] + HTML + data[at:]


def with_a_page_behind(_rng, data):
    return data + HTML


def with_a_program_before(_rng, data):
    return b"MZ\x90\0" + data


def longer_told(rng, data):
    """Four bytes become the largest number there is: a length, mostly."""
    at = rng.randrange(max(1, len(data) - 4))
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def joined(rng, data):
    other = rng.choice(sorted(samples.GOOD))
    return data[: len(data) // 2] + samples.GOOD[other]()[len(data) // 3 :]


CHANGES = (
    flipped, cut, doubled, with_a_page_in_it, with_a_page_behind, with_a_program_before,
    longer_told, joined,
)  # fmt: skip


def acting_pdf(act, **more):
    def opens(document):
        action = pikepdf.Dictionary(S=pikepdf.Name(act), F=pikepdf.String("http://x/a"), **more)
        document.Root.OpenAction = document.make_indirect(action)

    return one_page(opens)


JAVASCRIPT = {"JS": pikepdf.String("app.alert(1)")}
ACTS = {"/JavaScript": JAVASCRIPT, "/Launch": {}, "/SubmitForm": {}, "/ImportData": {}}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PARTS = {
    "word/vbaProject.bin": OLE, "word/embeddings/oleObject1.bin": OLE,
    "word/a.xml": "<!DOCTYPE a SYSTEM 'http://x/y'><a/>",
}  # fmt: skip


def variants():
    """(what it is, name, content), the same each time."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    for name, make in samples.GOOD.items():
        data = make()
        for change, turn in itertools.product(CHANGES, range(ROUNDS)):
            yield f"{change.__name__} {turn}", name, change(rng, data)
    for name, other in itertools.permutations(samples.GOOD, 2):
        if other[-3:].lower() != name[-3:].lower():
            yield f"the bytes of {other}", name, samples.GOOD[other]()
    yield from made_by_hand()


def made_by_hand():
    for act, more in ACTS.items():
        yield f"an act {act}", "a.pdf", acting_pdf(act, **more)
    for inside, content in PARTS.items():
        yield f"a part {inside}", "a.docx", samples.docx(**{inside: content})
    for what, (name, data) in (BROKEN | NOT_WHAT_THE_NAME_SAYS).items():
        yield what, name, data
    for what, make in BOMBS.items():
        yield what, "a.docx", make()


def _harm_of_a_picture(data):
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        image.load()
    if width * height > MOST_PIXELS:
        yield f"{width} × {height}"


def _harm_of_a_pdf(data):
    for word in ACTIVE:
        if any(
            re.search(re.escape(word.encode()) + rb"(?![A-Za-z])", said) for said in _said(data)
        ):
            yield word


def _said(data):
    """Every object of a document in letters; what no reader opens, as its bytes are."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return [
                pikepdf.Dictionary(dict(one)).unparse()
                if isinstance(one, pikepdf.Stream)
                else one.unparse(resolved=True)
                for one in document.objects
            ]
    except pikepdf.PdfError:
        return [re.sub(rb"#([0-9a-fA-F]{2})", lambda at: bytes([int(at[1], 16)]), data)]


def _harm_of_an_office_file(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if PROGRAM.search(name.encode()):
                yield name
            if found := PROGRAM.search(archive.read(name)):
                yield found[0]


HARMS = {
    FileType.JPEG: _harm_of_a_picture,
    FileType.PNG: _harm_of_a_picture,
    FileType.HEIC: _harm_of_a_picture,
    FileType.WEBP: _harm_of_a_picture,
    FileType.PDF: _harm_of_a_pdf,
    FileType.DOCX: _harm_of_an_office_file,
    FileType.XLSX: _harm_of_an_office_file,
}  # fmt: skip
"""What a reader of its own finds in a file that was taken. A film is handed on as it is."""


def judged(path, name, data):
    """("refused" or "taken", what is wrong with that)."""
    path.write_bytes(data)
    began = time.monotonic()
    try:
        kind = examine(path, name).file_type
    except (KindNotAllowed, BrokenFile):
        outcome, wrong = "refused", []
    except Exception as error:  # noqa: BLE001 - whatever else comes would be a page of 500
        outcome, wrong = "broken", [repr(error)]
    else:
        outcome, wrong = "taken", list(HARMS[kind](data)) if kind in HARMS else []
    took = time.monotonic() - began
    return outcome, [*wrong, *([f"{took:.1f} s"] if took > SECONDS else [])]


def test_no_changed_file_is_kept_as_harmful(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found, tried, outcomes = [], 0, dict.fromkeys(("refused", "taken", "broken"), 0)
    for what, name, data in part(variants(), 4):
        outcome, wrong = judged(tmp_path / "arrived", name, data)
        tried, outcomes[outcome] = tried + 1, outcomes[outcome] + 1
        found += [f"{what} as {name}: {one}" for one in wrong]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024

    if grown > MEBIBYTES:
        found.append(f"{grown} MiB more")
    assert outcomes["refused"], outcomes
    assert outcomes["taken"], outcomes
    told = f"恶意文件（拒收 {outcomes['refused']}，收下且无害 {outcomes['taken']}）"
    tell(24, told, tried, found, "none")


@pytest.mark.parametrize("act", ACTS)
def test_with_the_guard_off_a_pdf_that_acts_is_found(tmp_path, monkeypatch, act):
    data = acting_pdf(act, **ACTS[act])
    monkeypatch.setitem(globals(), "examine", lambda *_: _taken(FileType.PDF))

    assert judged(tmp_path / "arrived", "a.pdf", data)[1]


def test_with_the_guard_off_a_document_with_a_program_is_found(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "examine", lambda *_: _taken(FileType.DOCX))
    for inside, content in PARTS.items():
        data = samples.docx(**{inside: content})
        assert judged(tmp_path / "arrived", "a.docx", data)[1], inside


def _taken(kind):
    return type("Taken", (), {"file_type": kind})
