"""A table between paragraphs: whole on one page, on the grid, in PDF, OFD and DOCX alike."""

import zipfile
from io import BytesIO

import pytest
from measured import Reading, near

from issues.notices.checks import check
from issues.notices.docx.reading import read
from issues.notices.docx.writing import written as docx_of
from issues.notices.kinds import compose, shipped
from issues.notices.kinds.sample import sample
from issues.notices.ofd.writing import written as ofd_of
from issues.notices.page.gongwen import render
from issues.notices.page.metrics import BOTTOM, LEFT, LINE, RIGHT

ROWS = "序号｜点位｜氨氮（mg/L）｜判定\n1｜上游断面｜0.4｜达标\n2｜下游断面｜2.4｜超标"
CELLS = ("序号", "点位", "判定", "上游断面", "0.4", "下游断面", "超标")


def paper(before, after="此后请持续监测。", rows=ROWS):
    facts = sample("N9-letter", shipped("N9-letter")) | {"example": False}
    body = "\n".join(["请核对下列数据。"] * before + [rows, after])
    return compose(facts | {"body": body})


@pytest.mark.parametrize("before", range(1, 40, 3))
def test_it_stands_whole_on_a_page_between_its_paragraphs(faces, before):
    document = paper(before)
    reading = Reading(render(document, faces))
    (sheet,) = [one for one in reading.sheets if "上游断面" in "".join(r.text for r in one.rows)]
    text = "".join(row.text for row in sheet.rows)

    assert check(document, faces) == []
    assert all(cell in text for cell in CELLS)
    assert "｜" not in text
    rules = [one for one in sheet.rulings if not one.is_red and near(one.x0, LEFT, 0.5)]
    assert len({round(one.y) for one in rules}) >= 4
    assert all(near(one.x1, RIGHT, 0.5) for one in rules)
    rows = [row for row in sheet.text_rows if row.y <= BOTTOM]
    cells = [row for row in rows if any(cell in row.text for cell in ("上游断面", "下游断面"))]
    others = [row for row in rows if "请核对下列" in row.text or "此后请持续" in row.text]
    for cell in cells:
        for other in others:
            assert abs(cell.y - other.y) >= LINE * 0.6, "no line of text runs into the table"


def test_the_word_processor_and_the_ofd_have_the_same_table(faces):
    document = paper(2)
    with zipfile.ZipFile(BytesIO(docx_of(document))) as archive:
        told = archive.read("word/document.xml").decode()
    with zipfile.ZipFile(BytesIO(ofd_of(document, faces))) as archive:
        pages = "".join(archive.read(name).decode() for name in archive.namelist()
                        if name.endswith("Content.xml"))  # fmt: skip

    assert told.count("<w:tbl>") == 1
    for cell in CELLS:
        assert cell in told
        assert cell in pages


def test_the_text_of_a_word_processor_brings_the_table_back_as_it_went(faces):
    document = paper(2, rows=ROWS.replace("2.4｜", "｜"))
    told = [(one.text, one.level) for one in read(docx_of(document))]
    assert told == [(one.text, one.level) for one in document.body]


def test_a_long_table_belongs_into_an_annex(faces):
    rows = "\n".join(["点位｜数值", *[f"断面{n}｜1" for n in range(12)]])
    assert any("请作附件" in said for said in check(paper(1, rows=rows), faces))
