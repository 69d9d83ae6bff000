"""The 署名 is seated with text over it, and no page before it is left half empty."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from notice_facts import document

from issues.notices.page import metrics
from issues.notices.page.document import Attachment, Paragraph
from issues.notices.page.gongwen import places
from issues.notices.page.lines import BODY_TYPE, Line
from issues.notices.page.seating import seated
from issues.notices.page.sheets import BodyLine

FILE_TOP, LETTER_TOP = 493.0, 388.0
"""Where the body begins on page one of a 文件 and a 信函 with two lines of title."""
BARE, LISTED = 3, 7  # name, date and 附注; with a blank line and three titles of attachments


def lines(count, headings=()):
    return [BodyLine(Line((), BODY_TYPE), keeps=n in headings) for n in range(count)]


def blanks(seats, top):
    """Lines left blank at the foot of each page but the last."""
    found = []
    for page, leaf in enumerate(seats.leaves[:-1]):
        used = (leaf.lines - 1) * leaf.pitch + metrics.BODY
        begun = metrics.TOP if page else top
        found.append((metrics.BOTTOM - begun - used) / metrics.LINE)
    return found


@settings(max_examples=300)
@given(
    count=st.integers(2, 200),
    top=st.sampled_from([FILE_TOP, LETTER_TOP]),
    below=st.sampled_from([BARE, 5, LISTED]),
    headings=st.sets(st.integers(0, 199), max_size=12),
)
def test_all_lines_are_set_and_the_last_page_has_some(count, top, below, headings):
    seats = seated(lines(count, headings - {count - 1}), top, below)

    assert sum(leaf.lines for leaf in seats.leaves) == count
    assert 1 <= seats.blank <= metrics.BLANK_BEFORE_SIGNER
    for leaf in seats.leaves:
        assert abs(leaf.pitch - metrics.LINE) <= metrics.MOST_PITCH + 1e-6
    for page, leaf in enumerate(seats.leaves):
        begun = metrics.TOP if page else top
        rows = leaf.lines
        if leaf is seats.leaves[-1]:
            rows += below + seats.blank
            assert leaf.lines, "此页无正文"
        assert begun + (rows - 1) * leaf.pitch + metrics.BODY <= metrics.BOTTOM + 0.1


@pytest.mark.parametrize(
    ("top", "below", "most"),
    [(FILE_TOP, BARE, 2), (LETTER_TOP, BARE, 2), (FILE_TOP, LISTED, 12), (LETTER_TOP, LISTED, 12)],
)
def test_hardly_a_length_leaves_a_page_with_blank_lines(top, below, most):
    """Of 1 to 200 lines: those with more than three blank lines on a page before the 署名."""
    bad = [
        n for n in range(1, 201) if any(b > 3 for b in blanks(seated(lines(n), top, below), top))
    ]

    assert len(bad) <= most, bad


def test_a_page_that_bears_no_signature_keeps_the_grid():
    seats = seated(lines(150), FILE_TOP, BARE)

    assert [leaf.lines for leaf in seats.leaves[1:-3]] == [22] * len(seats.leaves[1:-3])


def test_an_imprint_that_fits_takes_no_page_more():
    for count in range(9, 31):
        plain = seated(lines(count), FILE_TOP, BARE)
        closed = seated(lines(count), FILE_TOP, BARE, 2)
        back = seated(lines(count), FILE_TOP, BARE, 2, on_back=True)

        assert len(closed.leaves) <= len(plain.leaves) + 1, "no more than its own page would be"
        assert back == plain or len(plain.leaves) % 2 == 0


@pytest.mark.parametrize("form", ["file", "letter"])
def test_under_a_short_text_the_list_of_attachments_stands_over_the_signature(faces, form):
    """A line of text and so many attachments that the 署名 goes over to the next page."""
    for count in range(1, 16):
        titles = [Attachment(f"第{number}批整改事项清单", ()) for number in range(count)]
        paper = replace(
            document(), form=form, body=(Paragraph("请办理。"),), attachments=tuple(titles)
        )
        found = places(paper, faces)
        page = found.signer[0].page
        over = [*(box for boxes in found.body for box in boxes), *found.attachment_list]
        assert any(box.page == page for box in over), f"{count}件附件：此页无正文"
