"""What the page tells of its parts is where they are drawn."""

import gc

from measured import Reading, near
from notice_facts import document
from reportlab.pdfgen.canvas import Canvas

from issues.notices.page.gongwen import places, render


def test_every_paragraph_is_where_its_lines_are_drawn(faces):
    paper = document()
    found, reading = places(paper, faces), Reading(render(paper, faces))

    assert found.pages == len(reading.sheets)
    assert len(found.body) == len(paper.body)
    for paragraph, boxes in zip(paper.body, found.body, strict=True):
        assert "".join(_text(reading, box) for box in boxes) == paragraph.text.replace(" ", "")


def test_title_recipients_signature_and_attachments_are_told(faces):
    paper = document()
    found, reading = places(paper, faces), Reading(render(paper, faces))
    told = {name: "".join(_text(reading, box) for box in boxes) for name, boxes in (
        ("title", found.title), ("recipients", found.recipients), ("signer", found.signer),
        ("date", found.date), ("list", found.attachments[0]),
    )}  # fmt: skip

    assert told == {
        "title": paper.title, "recipients": f"{paper.recipients}：", "signer": paper.signer,
        "date": "2025年11月25日", "list": paper.attachments[0].title,
    }  # fmt: skip


def _text(reading, box):
    """What is drawn inside a box, without blanks."""
    return "".join(
        sign.text
        for sign in reading.sheets[box.page - 1].signs
        if near(sign.y, box.top) and box.x - 1 <= sign.x <= box.x + box.width and sign.text.strip()
    )


def test_nothing_of_a_drawn_file_stays_in_memory(faces):
    render(document(), faces)
    gc.collect()

    assert not [one for one in gc.get_objects() if isinstance(one, Canvas)]
