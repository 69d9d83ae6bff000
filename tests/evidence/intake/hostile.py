"""Files that lie, break or bite."""

import random
import struct
import zipfile
import zlib

from PIL import Image

from issues.evidence.intake.office import WORD
from tests.evidence import samples

CONTENT_TYPES = samples.TYPES
HTML = b"<html><script>alert(1)</script></html>"
EXE = b"MZ\x90\0\3\0\0\0" + bytes(500)
JS_PDF = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"

NOT_WHAT_THE_NAME_SAYS = {
    "a page as a picture": ("照片.jpg", HTML),
    "a program as a PDF": ("报告.pdf", EXE),
    "a picture of another kind": ("照片.jpg", samples.png()),
    "a PDF as a picture": ("照片.png", samples.pdf()),
    "a workbook as a document": ("方案.docx", samples.xlsx()),
    "a document as a workbook": ("清单.xlsx", samples.docx()),
    "any archive as a document": ("方案.docx", samples.archive({"a.txt": "x"})),
    "a page behind a picture's first bytes": ("照片.jpg", b"\xff\xd8\xff" + HTML * 9),
    "AVIF as HEIC": ("a.heic", samples.box(b"ftyp", b"avif\0\0\0\0avifmif1") + bytes(99)),
    "a QuickTime film as MP4": ("a.mp4", samples.box(b"ftyp", b"qt  \0\0\0\0qt  ") + bytes(99)),
    "a picture with an archive behind it": ("a.jpg", samples.jpeg() + samples.docx()),
    "a PDF with an archive inside": ("a.pdf", samples.pdf(samples.archive({"a.exe": EXE}))),
    "macros under a harmless name": (
        "a.docx",
        samples.docx(**{"word/vbaProject.bin": EXE}),
    ),
    "a macro document under a harmless name": (
        "a.docx",
        samples.docx(
            **{
                CONTENT_TYPES: samples.types(
                    f"{WORD[:30]}.macroEnabled.main+xml", "word/document.xml"
                )
            }
        ),
    ),
    "a program in a document": ("a.docx", samples.docx(**{"word/embeddings/a.EXE": EXE})),
}


def many_scans():
    """A small progressive JPEG whose last scan is repeated until decoding it takes for ever."""
    data = samples.encoded(Image.new("L", (6000, 6000)), "JPEG", progressive=True, quality=50)
    last = data.rfind(b"\xff\xda")
    return data[:-2] + data[last:-2] * 1500 + data[-2:]


def broken_middle(data):
    return data[: len(data) // 2]


def docx_with(name, content):
    return samples.docx(**{name: content})


def outside(kind, target):
    return docx_with(
        "word/_rels/document.xml.rels",
        samples.relations(kind, target, 'TargetMode="External"'),
    )


def overlapping():
    """Two entries of the directory that unpack the same bytes."""
    data = bytearray(samples.docx(**{"word/a.xml": bytes(999), "word/b.xml": bytes(999)}))
    first, second = (data.rfind(name) for name in (b"word/a.xml", b"word/b.xml"))
    data[second - 4 : second] = data[first - 4 : first]
    return bytes(data)


def unpacking_to_300_mb():
    """4 MB that claim 300, so less than a hundredfold."""
    parts = samples.word_parts() | {"word/a.bin": random.Random(1).randbytes(4_000_000)}  # noqa: S311 - only noise
    data = bytearray(samples.archive(parts, zipfile.ZIP_STORED))
    at = data.rfind(b"word/a.bin") - 46 + 24
    data[at : at + 4] = struct.pack("<L", 300 * 1024 * 1024)
    return bytes(data)


def with_a_large_directory():
    """The ZIP64 record that points elsewhere for the list of entries."""
    data = samples.docx()
    return data[:-22] + b"PK\x06\x07" + bytes(16) + data[-22:]


BOMBS = {
    "300 MB unpacked": unpacking_to_300_mb,
    "packed a thousand times": lambda: docx_with("word/a.xml", bytes(40 * 1024 * 1024)),
    "too many parts": lambda: samples.docx(**{f"{number}.xml": "" for number in range(5001)}),
    "too long a list": lambda: samples.docx(**{f"{number:060000}.xml": "" for number in range(40)}),
    "a list elsewhere": with_a_large_directory,
    "parts that overlap": overlapping,
    "a list of types too long": lambda: docx_with(
        CONTENT_TYPES, "<Types>" + " " * 5_000_000 + "</Types>"
    ),
}


def object_stream(content):
    packed = zlib.compress(content)
    return (
        b"5 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )


BROKEN = {
    "nothing at all": ("照片.jpg", b""),
    "a JPEG cut off": ("照片.jpg", broken_middle(samples.jpeg())),
    "a PNG cut off": ("照片.png", broken_middle(samples.png())),
    "a HEIC cut off": ("照片.heic", broken_middle(samples.heic())),
    "a WebP cut off": ("照片.webp", broken_middle(samples.webp())),
    "a text that begins like WebP": ("a.webp", b"RIFF\0\0\0\0WEBPVP8 " + HTML),
    "a PDF cut off": ("a.pdf", broken_middle(samples.pdf(b"% a note\n" * 500))),
    "a PDF cut off within a stream": ("a.pdf", samples.pdf(b"stream\n" + bytes(99))),
    "a PDF of a header only": ("a.pdf", b"%PDF-1.7\n"),
    "a document cut off": ("a.docx", broken_middle(samples.docx())),
    "a document that lists more before than there is": (
        "a.docx",
        samples.docx()[:200] + samples.docx()[300:],
    ),
    "a film cut off": ("a.mp4", broken_middle(samples.mp4())),
    "a film without an index": ("a.mp4", samples.mp4()[:24]),
    "a film of ten thousand empty boxes": (
        "a.mp4",
        samples.box(b"ftyp", b"isom\0\0\0\0isom") + samples.box(b"free") * 20_000,
    ),
    "a picture of 900 million pixels": ("a.png", samples.png_bomb()),
    "a JPEG of 200 million pixels": (
        "a.jpg",
        samples.encoded(Image.new("L", (20_000, 10_000)), "JPEG"),
    ),
    "a script in a PDF": ("a.pdf", samples.pdf(catalogue=b"/OpenAction" + JS_PDF)),
    "a script in a PDF, spelt in escapes": (
        "a.pdf",
        samples.pdf(catalogue=b"/OpenAction<</S/J#61vaScrip#74>>"),
    ),
    "a script in a packed part of a PDF": ("a.pdf", samples.pdf(object_stream(JS_PDF))),
    "a packed part of a PDF that unpacks to 100 MB": (
        "a.pdf",
        samples.pdf(object_stream(bytes(1 << 26)) * 2),
    ),
    "a program started from a PDF": (
        "a.pdf",
        samples.pdf(catalogue=b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    ),
    "an entity": ("a.docx", docx_with("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')),
    "an outside DTD in UTF-16": (
        "a.docx",
        docx_with("word/a.xml", '<!DOCTYPE a SYSTEM "http://x/y"><a/>'.encode("utf-16")),
    ),
    "entities in the list of types": ("a.docx", docx_with(CONTENT_TYPES, "<!DOCTYPE a><a/>")),
    "a template from the network": ("a.docx", outside("attachedTemplate", "http://x/y.dotm")),
    "a picture from a file server": ("a.docx", outside("image", "\\\\server\\share\\a.png")),
    "a picture from a file server by URL": ("a.docx", outside("image", "file://server/a.png")),
}


HONEST = {
    "a link to press": outside("hyperlink", "https://www.example.com/notice"),
    "a template on the writer's disk": outside(
        "attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"
    ),
    "a template beside it": outside("attachedTemplate", "Normal.dotm"),
}
