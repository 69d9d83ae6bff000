"""What two readers that share no code take from each PDF is what the document says, no more."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from every_kind import KINDS, example
from notice_facts import document, issue

from issues.notices.page.document import Paragraph, texts
from issues.notices.page.gongwen import DRAWING, laid_out, render
from issues.notices.page.ink import SlantMark, TextMark, TurnedMark

HARD = Paragraph(
    "浓度为78 mg/L（±0.5），“‘小溪河’”滘口……见〔2026〕3号——No. 3、120m³/d、垚、㑇、𠮷。"
)


BROKEN_HYPHEN = "\ufffe"
"""How PDFium tells of a hyphen that ends a line."""


def by_pdfium(pdf):
    opened = pypdfium2.PdfDocument(pdf)
    texts_of = (page.get_textpage().get_text_range() for page in opened)
    return [text.replace(BROKEN_HYPHEN, "-") for text in texts_of]


def by_pdfminer(pdf):
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return ["".join(char["text"] for char in page.chars) for page in opened.pages]


def drawn(marks):
    lines = [mark.mark if isinstance(mark, TurnedMark) else mark for mark in marks]
    return "".join(one.line.text for one in lines if isinstance(one, TextMark | SlantMark))


def solid(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("reader", [by_pdfium, by_pdfminer])
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_of_each_page_is_the_text_that_was_set(faces, kind, reader):
    paper = example(kind)
    paper = replace(paper, body=(*paper.body, HARD))
    with DRAWING:
        sheets, _seal = laid_out(paper, faces)
    pages = reader(render(paper, faces).pdf)

    assert len(pages) == len(sheets.pages)
    for page, marks in zip(pages, sheets.pages, strict=True):
        assert Counter(solid(page)) == Counter(solid(drawn(marks)))
    whole = Counter(solid("".join(pages)))
    said = [text for place, text in texts(paper) if paper.form != "minutes" or place == "正文"]
    assert not Counter(solid("".join(said))) - whole, "minutes bear no 主送 and no 署名"


def test_a_page_on_its_side_is_read_as_well(faces):
    many = [issue(number=f"BZ-AF-2025-{n:03d}") for n in range(1, 61)]
    pdf = render(document(issues=many), faces).pdf
    one, two = ("".join(map(solid, reader(pdf))) for reader in (by_pdfium, by_pdfminer))

    assert Counter(one) == Counter(two)
    assert "BZ-AF-2025-060" in one
    assert "合计60项" in two
