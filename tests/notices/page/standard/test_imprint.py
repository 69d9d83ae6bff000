"""版记 on the back of a sheet: what is between it and the end of the text, and what is numbered."""

from dataclasses import replace

import pytest
from every_kind import example

from issues.notices.page.document import Attachment, Paragraph
from issues.notices.page.gongwen import DRAWING, laid_out
from issues.notices.page.ink import TextMark

PAPER = replace(example("N0"), attachments=(), draft=False, example=False, copies=("市目标绩效办",))


def pages_of(faces, paper):
    """The texts of each page, and which pages bear no number."""
    with DRAWING:
        sheets, seal = laid_out(paper, faces)
    texts = [[m.line.text for m in marks if isinstance(m, TextMark)] for marks in sheets.pages]
    return texts, sheets.unnumbered, seal.page


def of_length(lines):
    return replace(PAPER, body=(Paragraph("整改" * (14 * lines - 2)),))


def imprint(texts):
    return [n for n, page in enumerate(texts, 1) if any(text.endswith("印发") for text in page)]


@pytest.mark.parametrize("lines", range(3, 60, 3))
def test_the_imprint_is_alone_on_the_last_even_page_or_under_the_signature(faces, lines):
    texts, unnumbered, signed = pages_of(faces, of_length(lines))
    (page,) = imprint(texts)

    assert page == len(texts)
    assert page % 2 == 0
    assert page - signed <= 2
    assert unnumbered == ({page - 1, page} if page - signed == 2 else set())


def test_a_blank_page_before_the_imprint_bears_nothing(faces):
    """An attachment that fills an even page."""
    for lines in range(15, 60):
        annex = Attachment("示范材料", (Paragraph("整改" * (14 * lines - 2)),))
        texts, unnumbered, _signed = pages_of(faces, replace(of_length(3), attachments=(annex,)))
        if unnumbered:
            break

    assert unnumbered == {len(texts) - 1, len(texts)}
    assert texts[-2] == []
    assert imprint(texts) == [len(texts)]


@pytest.mark.parametrize("lines", [3, 14, 30])
def test_a_letter_turns_no_page_for_its_copies(faces, lines):
    letter = replace(of_length(lines), form="letter", imprint=None)
    texts, unnumbered, signed = pages_of(faces, letter)

    assert any(text.startswith("抄送：") for text in texts[-1])
    assert len(texts) == signed
    assert unnumbered == set()
