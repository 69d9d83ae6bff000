"""A document as an OFD package: the same document and fonts give the same bytes.

It bears no electronic seal of itself; see issues/notices/ofd/signing.py.
"""

import hashlib
from collections.abc import Sequence
from itertools import count

from issues.ground import practice
from issues.ground.packed.archive import packed
from issues.ground.packed.markup import part, tag, words
from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.ofd.objects import Pen, lies, mm, objects, slanted
from issues.notices.ofd.resources import Resources
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.gongwen import DRAFT, DRAWING, laid_out
from issues.notices.page.ink import Mark
from issues.notices.page.lines import Type, one_line
from issues.notices.pdf.archival import WORD_ALPHA, WORD_COLOUR

MEDIA_TYPE = "application/ofd"
NAMESPACE = "http://www.ofdspec.org/2016"
FOLDER = "Doc_0"
ROOT = "OFD.xml"
_RESOURCES = "Res"
_SHEET = f"0 0 {mm(metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT)}"
_LYING = f"0 0 {mm(metrics.PAGE_HEIGHT, metrics.PAGE_WIDTH)}"


def written(document: Document, faces: Faces) -> bytes:
    """The same pages as the PDF of the document."""
    return packed(parts(document, faces))


def parts(document: Document, faces: Faces) -> dict[str, bytes]:
    """The files of the package by their names, its root first."""
    with DRAWING:
        numbers = count(1)
        held = Resources(faces, lambda: next(numbers))
        pages = [_page(marks, held, numbers, faces) for marks in laid_out(document, faces)[0].pages]
        content = {f"{FOLDER}/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
        files = {f"{FOLDER}/{_RESOURCES}/{name}": data for name, data in held.files().items()}
    root = {
        f"{FOLDER}/Document.xml": _document(len(pages), numbers),
        f"{FOLDER}/PublicRes.xml": _resources(held.public()),
        f"{FOLDER}/DocumentRes.xml": _resources(held.media()),
    }
    whole = root | content | files
    return {ROOT: _root(document, whole), **whole}


def _root(document: Document, whole: dict[str, bytes]) -> bytes:
    """What it says of itself; its id is made of all it holds, so that another text has another."""
    digest = hashlib.sha256()
    for name, data in whole.items():
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    day = None if document.draft else document.date
    told = {
        "DocID": digest.hexdigest()[:32],
        "Title": practice.named(document.title),
        "Author": document.signer,
        "Subject": DRAFT if document.draft else document.number or "",
        "CreationDate": day.isoformat() if day else "",
    }
    info = "".join(tag(f"ofd:{name}", words(text)) for name, text in told.items() if text)
    body = tag("ofd:DocInfo", info) + tag("ofd:DocRoot", f"{FOLDER}/Document.xml")
    return _part("OFD", tag("ofd:DocBody", body), Version="1.0", DocType="OFD")


def _document(pages: int, numbers: "count[int]") -> bytes:
    listed = [
        tag("ofd:Page", ID=next(numbers), BaseLoc=f"Pages/Page_{number}/Content.xml")
        for number in range(pages)
    ]
    common = tag(
        "ofd:CommonData",
        tag("ofd:MaxUnitID", str(next(numbers))),
        tag("ofd:PageArea", tag("ofd:PhysicalBox", _SHEET)),
        tag("ofd:PublicRes", "PublicRes.xml"),
        tag("ofd:DocumentRes", "DocumentRes.xml"),
    )
    return _part("Document", common, tag("ofd:Pages", *listed))


def _resources(listed: str) -> bytes:
    return _part("Res", listed, BaseLoc=_RESOURCES)


def _page(marks: Sequence[Mark], held: Resources, numbers: "count[int]", faces: Faces) -> bytes:
    drawn = list(objects(marks, held, lambda: next(numbers)))
    if practice.is_practice():
        size = min(metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT) / 4
        word = one_line(practice.WORD, FaceRole.TITLE, Type(size, size), faces)
        alpha = round(255 * WORD_ALPHA)
        pen = Pen(held, lambda: next(numbers), turns=lies(marks))
        drawn += slanted(word, WORD_COLOUR, pen, alpha, drop=1 / 3)
    layer = tag("ofd:Layer", *drawn, ID=next(numbers), Type="Body")
    area = tag("ofd:Area", tag("ofd:PhysicalBox", _LYING if lies(marks) else _SHEET))
    return _part("Page", area, tag("ofd:Content", layer))


def _part(name: str, *inside: str, **attributes: object) -> bytes:
    return part(tag(f"ofd:{name}", *inside, xmlns__ofd=NAMESPACE, **attributes))
