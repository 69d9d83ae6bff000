"""What a file would do by itself is refused, named, with its cure; an honest file is taken."""

import re

import pytest

from issues.evidence.decoding import decode
from issues.evidence.intake import active, office, pdf as pdf_intake, proof
from issues.evidence.intake.proof import examine
from issues.evidence.refusals import EvidenceRefused
from tests.evidence import samples
from tests.evidence.intake.active_files import DOCUMENTS, HONEST, PDFS, WORKBOOKS, pdf, script

ALL = {
    **{f"{what}: docx": ("a.docx", *one) for what, one in DOCUMENTS.items()},
    **{f"{what}: xlsx": ("a.xlsx", *one) for what, one in WORKBOOKS.items()},
    **{f"{what}: pdf": ("a.pdf", *one) for what, one in PDFS.items()},
}


@pytest.fixture
def arrived(tmp_path):
    def arrived(data):
        path = tmp_path / "arrived"
        path.write_bytes(data)
        return path

    return arrived


@pytest.mark.parametrize("what", ALL)
def test_each_kind_is_refused_with_its_name_and_cure(arrived, what):
    name, made, words = ALL[what]

    with pytest.raises(EvidenceRefused) as refused:
        examine(arrived(made()), name)

    assert words in str(refused.value)
    assert "未保存，" in str(refused.value)
    assert "后" in str(refused.value).partition("请")[2]


@pytest.mark.parametrize("what", HONEST)
def test_an_honest_file_is_taken(arrived, what):
    name, made = HONEST[what]

    assert examine(arrived(made()), name)


def words_found_here(path, kind):
    """In this process, where a guard can be taken away."""
    office.prove(path, office.MAIN_PARTS[kind])
    return office.first_words(path) if kind == "DOCX" else ""


@pytest.mark.parametrize("what", ALL)
def test_without_its_guard_each_kind_would_be_taken(arrived, what, monkeypatch):
    name, made, _ = ALL[what]
    monkeypatch.setattr(office, "refuse_active", lambda *_: None)
    monkeypatch.setattr(active, "refuse_parts", lambda *_: None)
    monkeypatch.setattr(proof, "office_words", words_found_here)
    monkeypatch.setattr(pdf_intake, "refuse_active_pdf", lambda *_: None)
    monkeypatch.setattr(pdf_intake, "_ACTIVE", re.compile(b"(nothing at all)"))

    assert examine(arrived(made()), name)


def test_a_pdf_whose_check_breaks_off_is_not_taken(arrived, monkeypatch):
    path = arrived(pdf(lambda _: None))
    assert examine(path, "a.pdf")
    monkeypatch.setattr(decode, "_asked", lambda *_: b"")

    with pytest.raises(EvidenceRefused, match="没有检查完，未保存，请重新打印为"):
        examine(path, "a.pdf")


def test_an_office_file_whose_check_breaks_off_is_not_taken(arrived, monkeypatch):
    path = arrived(samples.docx())
    assert examine(path, "a.docx")
    monkeypatch.setattr(decode, "_asked", lambda *_: b"")

    with pytest.raises(EvidenceRefused, match="没有检查完，未保存，请在 Office 或 WPS 中另存"):
        examine(path, "a.docx")


def test_the_check_of_a_large_pdf_takes_little_time(arrived):
    """Ten thousand objects, as a drawing has."""
    import time  # noqa: PLC0415 - for this alone

    from pikepdf import Dictionary, Name  # noqa: PLC0415

    def many(document):
        for number in range(10_000):
            document.make_indirect(Dictionary(N=number, Kind=Name.Layer))
        document.Root.Many = [document.make_indirect(Dictionary(N=n)) for n in range(10_000)]

    path, begun = arrived(pdf(many)), time.monotonic()
    assert examine(path, "a.pdf")
    assert time.monotonic() - begun < decode.SLOW_SECONDS


@pytest.mark.parametrize("cut", [1, 2])
def test_a_jpeg_without_its_end_mark_is_taken_and_one_cut_off_is_not(arrived, cut):
    whole = samples.jpeg()

    assert examine(arrived(whole[:-cut]), "a.jpg").facts.width == 640
    with pytest.raises(EvidenceRefused, match="损坏或不完整"):
        examine(arrived(whole[:-300]), "a.jpg")


@pytest.mark.parametrize("padding", [b"\0" * 5000, b"\r\n" * 3000])
def test_padding_behind_the_end_of_a_pdf_is_no_damage(arrived, padding):
    assert examine(arrived(pdf(lambda _: None) + padding), "a.pdf")
    with pytest.raises(EvidenceRefused):
        examine(arrived(pdf(script) + padding), "a.pdf")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "微信图片.png",
            samples.jpeg(),
            "实际是 JPEG 文件，与扩展名“.png”不符，未保存，请把扩",
        ),
        ("微信截图.jpg", samples.png(), "请把扩展名改为 .png 后重新上传"),
        ("结论.ofd", b"x", ".ofd 请在阅读器中另存或打印为 PDF 后上传"),
        ("方案.wps", b"x", ".wps 请另存为 .docx 或 PDF 后上传"),
        ("台账.XLS", b"x", ".xls 请另存为 .xlsx 或 PDF 后上传"),
        ("现场.mov", b"x", ".mov 请改存为 MP4 后上传"),
        ("材料.rar", b"x", ".rar 请解压后逐个上传"),
        ("图.tif", b"x", ".tif 请另存为 JPEG 或 PNG 后上传"),
        ("全景.png", samples.png_bomb(), "约90000万像素，这种图片不超过4000万像素"),
    ],
)
def test_a_refusal_says_what_to_do(arrived, name, data, words):
    with pytest.raises(EvidenceRefused) as refused:
        examine(arrived(data), name)
    assert words in str(refused.value)
