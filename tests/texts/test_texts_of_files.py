"""The words of a DOCX and of a PDF, read in the limited process; hostile files end there."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from issues.evidence.decoding.decode import whole_text
from issues.evidence.decoding.texts import MOST_SIGNS
from issues.evidence.refusals import BrokenFile
from issues.texts.paragraphs import paragraphs_of
from tests.evidence import samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERS = (
    f"<w:numbering {W}><w:abstractNum w:abstractNumId='4'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
    "<w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%2.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='4'/></w:num></w:numbering>"
)


def paragraph(text, level=None):
    number = "" if level is None else (
        f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='7'/></w:numPr></w:pPr>"
    )  # fmt: skip
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows):
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def document(*blocks, **more):
    body = f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>"
    return samples.docx(**{"word/document.xml": body, "word/numbering.xml": NUMBERS} | more)


def pdf(lines):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 12)
    for place, line in enumerate(lines):
        canvas.drawString(72, 760 - 20 * place, line)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def words(tmp_path):
    def read(content, kind):
        path = tmp_path / "file"
        path.write_bytes(content)
        return whole_text(path, kind)

    return read


def test_the_numbers_that_word_draws_by_itself_are_counted(words):
    content = document(
        paragraph("甲", 0), paragraph("乙", 1), paragraph("丙", 1), paragraph("丁", 0),
        paragraph("戊", 1), table(("序号", "存在问题", "整改时限"), ("1", "直排", "2025年底前")),
    )  # fmt: skip

    lines = words(content, "DOCX").split("\n")

    assert lines == [
        "一、甲", "1.乙", "2.丙", "二、丁", "1.戊", "序号\t存在问题\t整改时限",
        "1\t直排\t2025年底前",
    ]  # fmt: skip
    assert paragraphs_of("\n".join(lines))[-1].cells == ("1", "直排", "2025年底前")


def test_the_lines_of_a_pdf_are_read(words):
    assert "河道堆放垃圾" in words(pdf(["（一）河道堆放垃圾", "整改时限：2025年底前"]), "PDF")


def test_too_many_words_are_refused(words):
    with pytest.raises(BrokenFile, match="文字过多"):
        words(document(paragraph("水" * (MOST_SIGNS + 1))), "DOCX")


@pytest.mark.parametrize(
    "content",
    [
        b"nonsense",
        samples.docx(**{"word/document.xml": "<w:document"}),
        samples.docx(**{"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
    ],
    ids=["no archive", "broken", "entities"],
)
def test_a_file_that_cannot_be_read_is_told_and_ends_nothing(words, content):
    with pytest.raises(BrokenFile, match="无法读出"):
        words(content, "DOCX")
    assert words(document(paragraph("仍可读")), "DOCX") == "仍可读"


def test_a_pdf_that_is_none_is_told(words):
    with pytest.raises(BrokenFile, match="无法读出"):
        words(b"%PDF-1.7 nothing", "PDF")
