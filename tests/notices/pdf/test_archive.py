"""PDF/A-2b: every kind of paper, signed, stamped, bound together; and faults that are found."""

import re
from dataclasses import replace
from io import BytesIO

import certificates
import pdfa_rules
import pikepdf
import pytest
from every_kind import KINDS, example
from notice_facts import document
from pikepdf import Array, Dictionary, Name, String

from issues.ground import practice
from issues.notices.page.document import Attachment, Table
from issues.notices.page.gongwen import render
from issues.notices.pdf.merging import merged
from issues.notices.pdf.sealing import Certificate


@pytest.fixture(scope="module")
def plain(faces):
    return render(document(), faces).pdf


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    files = certificates.make(tmp_path_factory.mktemp("own"))
    return Certificate(files[0], certificates.PASSWORD, files[1])


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_keeps_its_clauses(name, faces):
    assert list(pdfa_rules.faults(render(example(name), faces).pdf)) == []


def test_a_lying_list_a_practice_city_a_signature_and_a_volume_keep_them(
    faces, plain, own, monkeypatch
):
    rows = tuple((str(n), *("很长的一格文字" * 6,) * 6) for n in range(40))
    wide = Table((1.0, *(2.0,) * 6), rows, tuple("一二三四五六七"))
    lying = render(replace(document(), attachments=(Attachment("清单", (wide,)),)), faces).pdf
    signed = own.sign(plain, "签发")
    monkeypatch.setattr(practice, "is_practice", lambda: True)
    practised = render(document(), faces).pdf
    bound = merged([plain, signed, lying])
    for one in (lying, signed, practised, bound):
        assert list(pdfa_rules.faults(one)) == []
    with pikepdf.open(BytesIO(bound)) as opened:
        assert any(page.get("/Rotate") for page in opened.pages)


def test_a_volume_with_a_part_that_claims_nothing_claims_nothing(plain):
    other = re.sub(rb"<pdfaid:part>2<", b"<pdfaid:part>1<", plain)
    with pikepdf.open(BytesIO(merged([plain, other]))) as opened:
        assert opened.open_metadata().pdfa_status == ""


def changed(change):
    """A fault planted in what the file holds."""

    def spoil(pdf):
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf)) as opened:
            change(opened)
            opened.save(out)
        return out.getvalue()

    return spoil


def root(name, value):
    return changed(lambda opened: opened.Root.__setitem__(name, value))


def font(name, value):
    def change(opened):
        fonts = (one for one in opened.objects if isinstance(one, Dictionary))
        first = next(one for one in fonts if one.get("/Type") == "/Font")
        first[name] = value

    return changed(change)


def annotation(**said):
    def change(opened):
        opened.pages[0].obj.Annots = Array([opened.make_indirect(Dictionary(**said))])

    return changed(change)


def drawn(operators):
    def change(opened):
        name = next(iter(opened.pages[0].Resources.Font))
        opened.pages[0].contents_add(operators.replace(b"FONT", str(name).encode()))

    return changed(change)


PLANTED = {
    "6.1.2": lambda pdf: pdf.replace(b"%\x93", b"%a", 1),
    "6.1.3": lambda pdf: pdf + b"more",
    "6.2.2": drawn(b"xx"),
    "6.2.3": root("/OutputIntents", Array()),
    "6.2.4.3": drawn(b"0 0 0 1 k"),
    "6.2.10": root("/X", Dictionary(Type=Name.ExtGState, BM=Name("/Odd"))),
    "6.2.11.2": font("/Subtype", Name.Type3),
    "6.2.11.4": font("/FontDescriptor", Dictionary()),
    "6.2.11.5": font("/Widths", Array([7] * 256)),
    "6.2.11.6": font("/Encoding", Name.WinAnsiEncoding),
    "6.2.11.8": drawn(b"BT FONT 9 Tf <ff> Tj ET"),
    "6.3.1": annotation(Subtype=Name.Movie, F=4),
    "6.3.2": annotation(Subtype=Name.Link, F=2),
    "6.4.2": root("/AcroForm", Dictionary(XFA=String("x"))),
    "6.5.1": root("/OpenAction", Dictionary(S=Name.Launch)),
    "6.6.3": changed(lambda opened: opened.docinfo.__setitem__("/Title", String("x"))),
    "6.6.4": lambda pdf: re.sub(rb"<pdfaid:part>2<", b"<pdfaid:part>3<", pdf),
    "6.8": root("/Names", Dictionary(EmbeddedFiles=Dictionary())),
    "6.9": root("/OCProperties", Dictionary()),
}


@pytest.mark.parametrize(("clause", "spoil"), PLANTED.items(), ids=PLANTED)
def test_a_planted_fault_is_found_at_its_clause(plain, clause, spoil):
    assert any(clause in fault for fault in pdfa_rules.faults(spoil(plain)))
