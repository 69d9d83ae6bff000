"""The OFD of every kind, by the clauses of GB/T 33190; its texts, its bytes, its pictures."""

import io
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from every_kind import KINDS, example
from notice_facts import document
from ofd_rules import OFD, faults, parts, text_of
from PIL import Image
from pypdf import PdfReader

from issues.ground import practice
from issues.notices.ofd.objects import objects
from issues.notices.ofd.resources import Resources
from issues.notices.ofd.writing import written
from issues.notices.page.document import Attachment, Chart, Document, Paragraph
from issues.notices.page.gongwen import render
from issues.notices.page.ink import PictureMark


def charted():
    chart = Chart("情况", ("甲", "乙"), ("red", "green"), ("红色", "绿色"), ((1, 2), (30, 4)))
    return replace(document(), attachments=(Attachment("统计图", (chart, Paragraph("附后。")))
    ,))  # fmt: skip


@pytest.fixture(params=[*KINDS, "signed", "charted"])
def kind(request):
    made = {"signed": document, "charted": charted}
    return made[request.param]() if request.param in made else example(request.param)


def test_each_kind_keeps_the_standard_says_what_the_pdf_says_and_is_the_same_again(kind, faces):
    data = written(kind, faces)
    assert list(faults(data)) == []
    assert written(kind, faces) == data
    pages = PdfReader(BytesIO(render(kind, faces).pdf)).pages
    told = text_of(data)
    assert len(told) == len(pages)
    for own, page in zip(told, pages, strict=True):
        assert sorted(own) == sorted("".join(page.extract_text().split()))


def broken(data, part, before, after):
    found = parts(data)
    text = found[part].decode()
    assert before in text, "the fault was not planted"
    found[part] = re.sub(re.escape(before), after, text, count=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, one in found.items():
            archive.writestr(name, one)
    return out.getvalue()


PAGE = "Doc_0/Pages/Page_0/Content.xml"
PLANTED = {
    "font": (PAGE, ' Font="', ' Font="99', "7.9"),
    "colour": (PAGE, 'Value="0 0 0"', 'Value="0 0 256"', "8.2"),
    "step": (PAGE, 'DeltaX="g 27', 'DeltaX="g 26', "11.3"),
    "path": (PAGE, "<ofd:AbbreviatedData>M", "<ofd:AbbreviatedData>N", "9.1"),
    "place": ("Doc_0/Document.xml", "Page_0/", "Page_9/", "6"),
    "order": ("OFD.xml", "<ofd:Title>", "<ofd:Odd/><ofd:Title>", "DocInfo"),
}


@pytest.mark.parametrize(("part", "before", "after", "clause"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(faces, part, before, after, clause):
    found = list(faults(broken(written(document(), faces), part, before, after)))
    assert any(clause in fault for fault in found), found


def test_another_text_has_another_id_and_a_draft_says_no_day(faces):
    ids = set()
    for one in (document(), replace(document(), draft=True), replace(document(), title="另一份")):
        root = fromstring(parts(written(one, faces))["OFD.xml"])
        ids.add(root.find(f".//{OFD}DocID").text)
        assert (root.find(f".//{OFD}CreationDate") is None) == one.draft
    assert len(ids) == 3


def test_no_text_is_read_as_markup(faces):
    told = "]]></ofd:TextCode><a b='c'>&amp;\"'\u0000\ufffe"
    hostile = Document(
        form="file", mark=told, title=told, recipients=told, body=(Paragraph(told),), signer=told
    )
    data = written(hostile, faces)
    assert list(faults(data)) == []
    assert "</ofd:TextCode><ab='c'>&amp;" in text_of(data)[0].replace("\n", "")


def test_a_sign_beyond_the_first_plane_is_drawn_and_copied(faces):
    rare = replace(document(), body=(Paragraph("𠮷某与䶮某。"),))
    data = written(rare, faces)
    assert list(faults(data)) == []
    assert "𠮷某与䶮某。" in text_of(data)[0] or "〓某与䶮某。" in text_of(data)[0]


def test_a_picture_is_fitted_whole_into_its_box(faces):
    out = io.BytesIO()
    Image.new("RGB", (200, 100), "red").save(out, "JPEG")
    numbers = iter(range(1, 99))
    held = Resources(faces, lambda: next(numbers))
    mark = PictureMark(out.getvalue(), 72.0, 72.0, 72.0, 72.0)
    (drawn,) = objects(
        [
            mark,
        ],
        held,
        lambda: next(numbers),
    )
    assert 'Boundary="25.4 25.4 25.4 12.7"' in drawn
    assert 'CTM="25.4 0 0 12.7 0 0"' in drawn
    assert held.files() == {"image_1.jpg": out.getvalue()}


def test_a_practice_city_says_so_on_every_page(faces, monkeypatch):
    monkeypatch.setattr(practice, "is_practice", lambda: True)
    told = text_of(written(document(), faces))
    assert all("练" in page for page in told)
