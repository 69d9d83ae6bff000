"""Small files of every kind taken, and hostile ones, made by code."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, ImageDraw

from issues.evidence.intake.office import WORD, WORKBOOK

pillow_heif.register_heif_opener()

TYPES = "[Content_Types].xml"


def picture(width=640, height=480, tone=0):
    """A river, a bank and a pipe: enough shape for two of them to be told apart."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, height), (width // 3, height // 4), (width, height)], fill=(30, 90, 60))
    draw.ellipse(
        (width // 5 + tone, height // 5, width // 2 + tone, height // 2), fill=(200, 40, 9)
    )
    return image


def exif(*, taken="2025:11:20 09:30:00", point=True, software=None, orientation=1):
    tags = Image.Exif()
    tags[274] = orientation
    if software is not None:
        tags[305] = software
    if taken is not None:
        tags.get_ifd(0x8769)[36867] = taken
    if point:
        tags.get_ifd(0x8825).update({1: "N", 2: (31.0, 51.0, 36.0), 3: "E", 4: (106.0, 45.0, 0.0)})
    return tags


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options):
    return encoded(picture(), "JPEG", quality=90, **options)


def png():
    return encoded(picture(), "PNG")


def heic(**options):
    return encoded(picture(), "HEIF", **options)


def webp():
    return encoded(picture(), "WEBP")


def pdf(body=b"", catalogue=b""):
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalogue + b">>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" + body + b"\n"
        b"trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
    )


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def types(main, name):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{name}" ContentType="{main}"/></Types>'
    )


def relations(kind="officeDocument", target="word/document.xml", mode=""):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/relationships/{kind}" Target="{target}" {mode}/>'
        "</Relationships>"
    )


def word_parts():
    return {
        TYPES: types(WORD, "word/document.xml"),
        "_rels/.rels": relations(),
        "word/document.xml": "<document>整改方案</document>",
    }


def docx(**more):
    return archive(word_parts() | more)


def xlsx():
    return archive(
        {
            TYPES: types(WORKBOOK, "xl/workbook.xml"),
            "_rels/.rels": relations(target="xl/workbook.xml"),
            "xl/workbook.xml": "<workbook/>",
        }
    )


def box(name, content=b""):
    return struct.pack(">I4s", 8 + len(content), name) + content


def mp4():
    moov = box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", box(b"tkhd", bytes(84))))
    return box(b"ftyp", b"isom\0\0\2\0isomavc1") + moov + box(b"mdat", bytes(1000))


def png_bomb(side=30_000):
    """900 million pixels in under a megabyte."""

    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer, packed = zlib.compressobj(9), b""
    row = bytes(1 + side // 8)
    for _ in range(side):
        packed += packer.compress(row)
    packed += packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


GOOD = {
    "现场.jpg": jpeg,
    "现场.JPEG": jpeg,
    "截图.png": png,
    "IMG_0001.HEIC": heic,
    "微信.webp": webp,
    "监测报告.pdf": pdf,
    "整改方案.docx": docx,
    "清单.xlsx": xlsx,
    "航拍.mp4": mp4,
}
