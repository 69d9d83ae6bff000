"""A draft as a DOCX: its texts, its styles, its bytes, and the same paragraphs read back."""

import io
import re
import string
import zipfile
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring
from every_kind import KINDS, example
from hypothesis import given, settings, strategies as st
from notice_facts import document

from issues.evidence.decoding.texts import text_of
from issues.notices.docx.reading import read
from issues.notices.docx.styles import STYLES
from issues.notices.docx.writing import written
from issues.notices.page.document import Document, Imprint, Level, Paragraph, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = "一二三、（）()1.2 。：“”《》a<>&\"']]>𠮷\u3000"
HOSTILE = "]]></w:t><w:p/>&lt;\u0000\u000b\ufffe\ud800"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bare(text):
    return "".join(text.split())


@pytest.fixture(params=KINDS)
def kind(request):
    return example(request.param)


def test_every_text_of_every_kind_is_in_it_and_the_body_comes_back(kind, tmp_path):
    data = written(kind)
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    told = bare(text_of(path, "DOCX"))
    assert [(place, text) for place, text in texts(kind) if bare(text) not in told] == []
    assert read(data) == kind.body
    assert written(kind) == data


def test_a_paragraph_bears_a_style_with_a_chinese_name_that_the_book_has(kind):
    found = parts(written(kind))
    book = fromstring(found["word/styles.xml"])
    names = {
        one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val")
        for one in book.iter(f"{W}style")
    }
    assert {one.id: one.name for one in STYLES}.items() <= names.items()
    assert all(re.fullmatch(r"[一-鿿]+", one.name) for one in STYLES)
    used = {one.get(f"{W}val") for one in fromstring(found["word/document.xml"]).iter(f"{W}pStyle")}
    assert used <= set(names)
    outlines = [one.get(f"{W}val") for one in book.iter(f"{W}outlineLvl")]
    assert outlines == ["0", "1", "2", "3"]


def test_the_page_is_that_of_the_standard(kind):
    section = fromstring(parts(written(kind))["word/document.xml"]).find(f".//{W}sectPr")
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    mm = {
        name: int(margin.get(f"{W}{name}")) / 20 / 72 * 25.4
        for name in ("top", "left", "right", "bottom")
    }
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert mm == pytest.approx({"top": 37, "left": 28, "right": 26, "bottom": 35}, abs=0.05)
    lines, pitch = 22, int(section.find(f"{W}docGrid").get(f"{W}linePitch"))
    assert lines * pitch <= 16838 - int(margin.get(f"{W}top")) - int(margin.get(f"{W}bottom"))


@st.composite
def documents(draw):
    words = st.text(SIGNS, min_size=1, max_size=60).map(str.strip).filter(bool)
    lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
    body = st.builds(
        Paragraph, lines.map(_plain).filter(bool), st.sampled_from(Level), st.booleans()
    )
    return Document(
        form=draw(st.sampled_from(("file", "letter", "report"))),
        mark=draw(words), title=draw(words), recipients=draw(words), signer=draw(words),
        body=tuple(draw(st.lists(body, min_size=1, max_size=8))), contact=draw(words | st.none()),
        copies=tuple(draw(st.lists(words, max_size=2))), draft=draw(st.booleans()),
        imprint=draw(st.none() | st.just(Imprint("某办公室", date(2026, 5, 1)))),
    )  # fmt: skip


def _plain(text):
    """As texts are kept: no blank but the plain one, none at the ends of a line."""
    return "\n".join(line.replace("\u3000", " ").strip() for line in text.split("\n")).strip()


@settings(max_examples=25, deadline=None)
@given(documents())
def test_the_body_comes_back_whatever_it_says(one):
    assert read(written(one)) == one.body


def test_no_text_is_read_as_markup():
    told = HOSTILE + string.punctuation
    hostile = Document(
        form="file", mark=told, title=told, recipients=told, body=(Paragraph(told),), signer=told,
        contact=told, copies=(told,), imprint=Imprint(told, None),
    )  # fmt: skip
    for name, data in parts(written(hostile)).items():
        root = fromstring(data)
        if name == "word/document.xml":
            plain = parts(written(document()))[name]
            assert {e.tag for e in root.iter()} <= {e.tag for e in fromstring(plain).iter()}
