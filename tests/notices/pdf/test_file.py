"""The PDF as a file: fonts, text, bytes."""

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import kept_pdf
import pikepdf
import pytest
from notice_facts import OFFICE, document, issue
from PIL import ImageCms
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from issues.notices.page.gongwen import render
from issues.vocabulary import NoticeKind

ROOT = Path(__file__).resolve().parents[3]
LARGEST = 300_000


def fonts_of(reader):
    for page in reader.pages:
        yield from (item.get_object() for item in page["/Resources"]["/Font"].values())


def test_every_font_is_an_embedded_subset(faces):
    reader = PdfReader(BytesIO(render(document(), faces).pdf))
    found = list(fonts_of(reader))

    assert found
    for font in found:
        descriptor = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor
        assert font["/BaseFont"][7] == "+"
        assert "/ToUnicode" in font


def test_the_text_can_be_taken_out_again_rare_characters_too(faces):
    rare = "滘口村村民〇某、鼋某、昇旻、珺璟、䶮某，面积1200㎡，浓度35μg/m³"
    facts = document(issues=[issue(problem=rare)])
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(render(facts, faces).pdf)).pages
    ).replace("\n", "")

    for word in ("䶮", "㎡", "珺璟", "〇", "μg/m³", "巴环委办督〔2025〕1号"):
        assert word in text


def test_it_names_itself_and_its_language(faces):
    reader = PdfReader(BytesIO(render(document(), faces).pdf))

    assert "督办通知书（红牌）" in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_it_is_made_to_be_kept(faces):
    """Metadata that agree, colours that mean something, streams that end, nothing from outside."""
    pdf = render(document(), faces).pdf
    assert kept_pdf.faults(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        intent = opened.Root.OutputIntents[0]
        profile = ImageCms.ImageCmsProfile(BytesIO(intent.DestOutputProfile.read_bytes())).profile
        assert (intent.S, profile.xcolor_space.strip()) == ("/GTS_PDFA1", "RGB")
        assert "/AcroForm" not in opened.Root
    for sheet in PdfReader(BytesIO(pdf)).pages:
        painted = set(re.findall(rb"\s(g|G|k|K|cs|CS|sc|SC)\n", sheet.get_contents().get_data()))
        assert not painted, "every colour is RGB, as the output intent says"


def _of_reportlab_alone(_pdf):
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(9, 9, "word")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda pdf: pdf.replace(b"\nendstream", b"endstream"),
        lambda pdf: pdf.replace(b"D:20251125", b"D:20251126"),
        lambda pdf: pdf.replace(b"pdf:Producer", b"pdf:Product_"),
        lambda pdf: pdf.replace(b"/FontFile2 ", b"/FontFile9 "),
        lambda pdf: pdf.replace(b"</rdf:Description>", b"<a:pdfaid/></rdf:Description>"),
        _of_reportlab_alone,
    ],
)  # fmt: skip
def test_a_planted_fault_of_the_file_is_found(faces, spoilt):
    pdf = render(document(), faces).pdf
    try:
        found = kept_pdf.faults(spoilt(pdf))
    except (pikepdf.PdfError, AttributeError) as error:
        found = [error]

    assert found


def test_it_was_made_on_the_day_it_was_signed_by_who_signed_it(faces):
    title, author, subject, day = kept_pdf.told_of(render(document(), faces).pdf)

    assert "督办通知书（红牌）" in title
    assert (author, subject, day) == (OFFICE, "巴环委办督〔2025〕1号", "D:20251125")


def test_a_draft_has_no_day_and_says_that_it_is_one(faces):
    pdf = render(replace(document(), draft=True, number=None), faces).pdf

    assert kept_pdf.faults(pdf) == []
    assert kept_pdf.told_of(pdf)[2:] == ("草稿", "")


def test_a_name_beyond_the_first_plane_stands_in_the_metadata(faces):
    title = "关于𠮷某、𰻝某问题的通知"
    pdf = render(replace(document(), title=title), faces).pdf

    assert kept_pdf.faults(pdf) == []
    assert kept_pdf.told_of(pdf)[0] == title


def test_a_title_of_markup_leaves_its_metadata_whole(faces):
    title = "关于<b>甲&乙</b>]]>的通知\x07"
    with pikepdf.open(BytesIO(render(replace(document(), title=title), faces).pdf)) as opened:
        assert opened.open_metadata()["dc:title"] == title.rstrip("\x07")


def test_the_same_facts_are_the_same_bytes_in_another_process_too(faces):
    here = render(document(), faces).pdf
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests/notices')!r}]\n"
        "from pathlib import Path\n"
        "from notice_facts import document\n"
        "from issues.notices.fonts.files import load_faces\n"
        "from issues.notices.page.gongwen import render\n"
        f"faces = load_faces(Path({str(ROOT / '.tools/fonts')!r}), None, ())\n"
        "sys.stdout.buffer.write(render(document(kind='N5'), faces).pdf[:9])\n"
        "sys.stdout.buffer.write(render(document(), faces).pdf)\n"
    )
    there = subprocess.run(  # noqa: S603 - the test's own script
        [sys.executable, "-c", script], capture_output=True, check=True
    ).stdout[9:]

    assert render(document(), faces).pdf == here
    assert there == here


def test_other_facts_are_other_bytes(faces):
    assert render(document(), faces).pdf != render(document(sign_due="2025-11-28"), faces).pdf


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_of_every_kind_is_small(faces, kind):
    rendered = render(document(kind=kind.value), faces)

    assert rendered.pages <= 8
    assert len(rendered.pdf) <= LARGEST
