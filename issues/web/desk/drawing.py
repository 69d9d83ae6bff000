"""The pages of a draft as pictures, drawn by the engine that draws the paper itself."""

from collections import OrderedDict
from io import BytesIO
from threading import Lock
from typing import Any

from flask import current_app
from PIL import Image

from issues.models import Notice
from issues.notices.desk.annex.pictures import with_pictures
from issues.notices.fonts.faces import Faces
from issues.notices.page.document import Document
from issues.notices.page.gongwen import places, render
from issues.notices.page.places import Places
from issues.notices.readiness import Draft
from issues.web.notices.typed import as_kept

SCALE = 2.0
"""Pixels a point: sharp on a screen at twice the size."""
COLOURS = 48
"""Black, red, the grey between: a page is a third as heavy, and nobody sees it."""
MOST_KEPT = 16
PDFIUM = Lock()  # the library keeps state of its own


class _Kept:
    """The newest drawn drafts of this process, by their digest: a page asks for its sheets."""

    def __init__(self) -> None:
        self.found: OrderedDict[tuple[int, str], tuple[bytes, Places]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: tuple[int, str]) -> tuple[bytes, Places] | None:
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: tuple[int, str], drawn: tuple[bytes, Places]) -> None:
        with self.lock:
            self.found[key] = drawn
            while len(self.found) > MOST_KEPT:
                self.found.popitem(last=False)


KEPT = _Kept()


def drawn(notice: Notice, ready: Draft) -> tuple[bytes, Places]:
    """The draft's PDF and where its parts stand."""
    key = (notice.id, ready.digest)
    found = KEPT.get(key)
    if found is None:
        extensions: dict[str, Any] = current_app.extensions
        faces: Faces = extensions["faces"]()
        document: Document = with_pictures(ready.document, extensions["evidence"])
        found = render(document, faces).pdf, places(document, faces)
        KEPT.put(key, found)
    return found


def pdf_of(notice: Notice, digest: str) -> bytes:
    """As it was drawn for the page that asks, else as it is now."""
    known = KEPT.get((notice.id, digest))
    return known[0] if known else drawn(notice, as_kept(notice))[0]


def picture(pdf: bytes, page: int) -> bytes | None:
    """One page (from 1) as PNG; None where there is none."""
    import pypdfium2  # noqa: PLC0415 - who draws no page need not pay for it

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= page <= len(document):
            return None
        image = document[page - 1].render(scale=SCALE).to_pil()
    out = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", compress_level=4)
    return out.getvalue()
