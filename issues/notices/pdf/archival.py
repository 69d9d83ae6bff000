"""What lets a PDF be kept for ever (PDF/A-2b): it tells in XMP what it is, and in which colours.

Nothing is asked of a clock: the same document gives the same bytes.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

SRGB = Path(__file__).parent / "srgb.icc"
COLOURS = "sRGB IEC61966-2.1"
MADE = (
    "2000-01-01T00:00:00+00:00"  # the day ReportLab writes for a document that is always the same
)
PDF_VERSION = (1, 7)
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def describe(canvas: Canvas, title: str, author: str, subject: str) -> None:
    """Title, author and subject where readers and archives look for them, and what RGB means."""
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    document: PDFDocument = canvas._doc  # noqa: SLF001 - the catalog has no other door
    told = {"title": title, "author": author, "subject": subject}
    packet = _PACKET.format(
        made=MADE,
        producer=escape(document.info.producer),
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
