"""What a PDF made to be kept must hold, read back from its bytes: a list of what is wrong.

The rules of PDF/A-2b, which it claims, are tests/notices/pdf/pdfa_rules.py.
"""

import re
from io import BytesIO

import pdfa_rules
import pikepdf

STREAM = re.compile(rb"/Length (\d+)(?:(?!endobj).){0,600}?>>\s*stream\r?\n", re.DOTALL)
OUTWARD = frozenset({"/OpenAction", "/AA", "/Names"})
UNKEPT = frozenset({"/SMask", "/JS", "/EF", "/BM"})
TOLD = {
    "/Title": "dc:title",
    "/Subject": "dc:description",
    "/Producer": "pdf:Producer",
}


def faults(pdf):
    return [*_streams(pdf), *_inside(pdf), *pdfa_rules.faults(pdf)]


def _streams(pdf):
    """Each as long as it says, and ended by a line of its own (ISO 32000-1, 7.3.8.1)."""
    found = list(STREAM.finditer(pdf))
    if len(found) != pdf.count(b"endstream"):
        yield f"{len(found)} streams of {pdf.count(b'endstream')} could be read"
    for one in found:
        after = pdf[one.end() + int(one[1]) :][:11]
        if not re.match(rb"\r?\nendstream", after):
            yield f"the stream at {one.start()} ends with {after!r}"


def _inside(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        yield from opened.check_pdf_syntax()
        root, info = opened.Root, opened.docinfo
        about = opened.open_metadata()
        if "/ID" not in opened.trailer or "/Encrypt" in opened.trailer:
            yield "the trailer has no ID, or is encrypted"
        if OUTWARD & set(root.keys()):
            yield "something runs when it is opened"
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and UNKEPT & set(item.keys()):
                yield f"{UNKEPT & set(item.keys())}"
            if isinstance(item, pikepdf.Dictionary) and _is_no_font(item):
                yield "a font is not embedded"
        yield from _metadata(info, about)
        if about.pdfa_status != "2B":
            yield f"it claims {about.pdfa_status or 'nothing'}"


def _is_no_font(item):
    return item.get("/Type") == "/FontDescriptor" and "/FontFile2" not in item


def _metadata(info, about):
    """Info and XMP say the same, and nothing that a library fills in."""
    for name, term in TOLD.items():
        if str(info.get(name, "")) != str(about.get(term, "")):
            yield f"{name}: {info.get(name)} is not {about.get(term)}"
    if str(info.get("/Author", "")) != "".join(about.get("dc:creator", [])):
        yield "the author differs"
    for word in ("anonymous", "unspecified", "untitled", "2000-01-01", "20000101"):
        if word in f"{dict(info)}{about}":
            yield f"the metadata say {word}"
    day = str(info.get("/CreationDate", ""))
    if day.removeprefix("D:") != str(about.get("xmp:CreateDate", "")).replace("-", ""):
        yield f"the day differs: {day} and {about.get('xmp:CreateDate')}"


def told_of(pdf):
    """Title, author, subject, day."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        info = opened.docinfo
        names = ("/Title", "/Author", "/Subject", "/CreationDate")
        return tuple(str(info.get(name, "")) for name in names)
