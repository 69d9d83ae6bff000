"""The sheets every document is drawn on, and what the file says of itself, in Info and in XMP.

It is made to be kept: every font inside, colours that mean something, nothing that asks for the
outside. It claims PDF/A-2b (ISO 19005-2); the tests go through the clauses of every kind of file
(tests/notices/pdf/pdfa_rules.py). Nothing is asked of a clock: the same document, the same bytes.
"""

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

from issues.ground import practice
from issues.notices.fonts.faces import FaceRole, Faces

SRGB = Path(__file__).parent / "srgb.icc"
COLOURS = "sRGB IEC61966-2.1"
PDF_VERSION = (1, 7)
WORD_COLOUR, WORD_ALPHA = (0.44, 0.19, 0.63), 0.16
_END = b"endstream\n"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
{dates}<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_DATES = "<xmp:CreateDate>{on}</xmp:CreateDate><xmp:ModifyDate>{on}</xmp:ModifyDate>\n"


class About(NamedTuple):
    """What a document is. `on` is the day it came to be, that of its signing; None of a draft."""

    title: str
    author: str
    subject: str
    on: date | None


class _Info(PDFInfo):  # type: ignore[misc]  # ReportLab has no types
    """Says what is known and nothing else. A day stands alone: its hour is nobody's to say."""

    on: date | None = None

    def format(self, document: PDFDocument) -> bytes:
        day = f"D:{self.on:%Y%m%d}" if self.on else ""
        told = {
            "Title": self.title, "Author": self.author, "Subject": self.subject,
            "CreationDate": day, "ModDate": day, "Producer": self.producer,
        }  # fmt: skip
        known = {name: PDFString(text) for name, text in told.items() if text}
        written: bytes = PDFDictionary(known | {"Trapped": PDFName("False")}).format(document)
        return written


class _Practised(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """Sheets of a practice city: the word lies across each of them, over all that is drawn."""

    font = ""

    def showPage(self) -> None:  # noqa: N802 - the library's name
        drawn: list[str] = self.__dict__["_code"]  # the page so far, in operators
        drawn[:] = ["q", *drawn, "Q"]
        width, height = self._pagesize
        size = min(width, height) / 4
        self.saveState()
        self.translate(width / 2, height / 2)
        self.rotate(45)
        self.setFont(self.font, size)
        self.setFillColorRGB(*WORD_COLOUR, alpha=WORD_ALPHA)
        self.drawCentredString(0, -size / 3, practice.WORD)
        self.restoreState()
        super().showPage()


def sheets_of(faces: Faces, out: BinaryIO, **given: Any) -> Canvas:
    """The only way to a sheet: those of a practice city all say what they are."""
    if not practice.is_practice():
        return Canvas(out, **given)
    canvas = _Practised(out, **given)
    canvas.font = faces.roles[FaceRole.TITLE].font.fontName
    return canvas


def canvas_of(out: BinaryIO, size: tuple[float, float], faces: Faces, about: About) -> Canvas:
    """Empty sheets for what is drawn in these faces."""
    about = about._replace(title=practice.named(about.title))
    canvas = sheets_of(
        faces,
        out,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        pdfVersion=PDF_VERSION,
        lang="zh-CN",
        initialFontName=faces.roles[FaceRole.FANGSONG].font.fontName,
    )
    _describe(canvas._doc, about)  # noqa: SLF001 - the catalog has no other door
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _describe(document: PDFDocument, about: About) -> None:
    """Title, author, subject and day where readers and archives look for them, and what RGB is."""
    info = document.info = _Info()
    info.title, info.author, info.subject, info.on = about
    told = {"title": about.title, "author": about.author, "subject": about.subject}
    packet = _PACKET.format(
        dates=_DATES.format(on=about.on.isoformat()) if about.on else "",
        producer=escape(info.producer),
        **{name: escape(_printable(text)) for name, text in told.items()},
    )
    catalog = document.Catalog
    catalog.Metadata = XMP(creator=lambda _document: packet.encode())
    catalog.OutputIntents = PDFArray([_intent(document)])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


def _intent(document: PDFDocument) -> PDFDictionary:
    profile = PDFStream(PDFDictionary({"N": 3}), SRGB.read_bytes())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(COLOURS),
            "Info": PDFString(COLOURS),
            "DestOutputProfile": document.Reference(profile),
        }
    )


def _printable(text: str) -> str:
    """XML has no word for control characters; a draft may hold one until it is checked."""
    return "".join(character for character in text if character.isprintable())


_formatted = PDFStream.format


def _ended(stream: PDFStream, document: PDFDocument) -> bytes:
    """A stream ends with its line (ISO 32000-1, 7.3.8.1), which ReportLab leaves out.

    Every writer of a stream ends in this one method; there is no other way to all of them.
    """
    written: bytes = _formatted(stream, document)
    return written.removesuffix(_END) + b"\n" + _END


PDFStream.format = _ended
