"""Text copied out of a PDF is the text that was put in, on every plane, by every reader."""

import random
import shutil
import subprocess
import unicodedata
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from needs import need
from notice_facts import document, issue

from issues.notices.fonts.embedded import MOST_IN_BLOCK, character_map
from issues.notices.fonts.faces import FaceRole
from issues.notices.page.gongwen import render

NAMED = "村民𠮷某、𫖯某、𰻝某"
CHANCE = random.Random(20251125)  # noqa: S311 - a sample, no secret
PER_PLANE = 300
BLANKS = dict.fromkeys(map(ord, " \n\r\t\f\u3000\u200b"))


def by_pdfium(pdf, _folder):
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in opened)
    finally:
        opened.close()


def by_poppler(pdf, folder):
    program = shutil.which("pdftotext")
    need(program, "no pdftotext of poppler-utils; two other readers read the same")
    path = folder / "one.pdf"
    path.write_bytes(pdf)
    command = [program, "-raw", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603 - found above


def by_pdfminer(pdf, _folder):
    with pdfplumber.open(BytesIO(pdf)) as opened:
        chars = [char["text"] for page in opened.pages for char in page.chars]
    return "".join(chars)


READERS = [by_pdfium, by_poppler, by_pdfminer]


def drawn(faces, plane):
    """Characters of the plane that some face draws, chosen by chance but always the same.

    Left out are those that Unicode calls another character's double: readers may fold them.
    """
    chain = [faces.roles[FaceRole.FANGSONG], *faces.fallback, *faces.roles.values()]
    codes = {code for face in chain for code in face.coverage if code >> 16 == plane}
    kept = [
        chr(code)
        for code in sorted(codes)
        if unicodedata.category(chr(code)) == "Lo"
        and unicodedata.normalize("NFKC", chr(code)) == chr(code)
        and unicodedata.east_asian_width(chr(code)) == "W"
    ]
    return CHANCE.sample(kept, min(PER_PLANE, len(kept)))


@pytest.mark.parametrize("read", READERS)
def test_names_beyond_the_first_plane_are_copied_as_they_are(faces, tmp_path, read):
    pdf = render(document(issues=[issue(problem=NAMED)]), faces).pdf

    assert NAMED in read(pdf, tmp_path).translate(BLANKS)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("plane", [0, 2, 3])
def test_what_is_drawn_of_a_plane_is_copied_as_it_is(faces, tmp_path, read, plane):
    characters = "".join(drawn(faces, plane))
    assert len(characters) > 200
    pdf = render(document(issues=[issue(problem=characters)]), faces).pdf

    assert characters in read(pdf, tmp_path).translate(BLANKS)


def test_the_map_is_utf_16_in_blocks_and_leaves_out_what_draws_nothing():
    codes = [0, *(0x20BB7 + place for place in range(MOST_IN_BLOCK + 1)), ord("水")]
    lines = character_map(codes).splitlines()

    assert "<01> <D842DFB7>" in lines
    assert "<66> <6C34>" in lines
    assert not [line for line in lines if line.startswith("<00> <0000>")]
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        f"{MOST_IN_BLOCK} beginbfchar", "2 beginbfchar",
    ]  # fmt: skip
