"""In Word a paper of several organs, one upward and minutes say all that their page says."""

import re
import zipfile

import pytest

from issues.evidence.decoding.texts import text_of
from issues.notices.docx.reading import read
from issues.notices.docx.writing import written
from issues.notices.kinds import compose, shipped
from issues.notices.kinds.sample import sample
from issues.notices.page.document import texts
from issues.notices.page.titles import title_lines

CASES = {
    "N9-circular": {"partners": ["示范市水利局", "示范市农业农村局"], "copy_number": "000001"},
    "N9-request": {"signers": ["赵大同", "何建国"], "partners": ["示范市水利局"]},
    "N9-minutes": {},
    "N5-report": {"signers": ["赵大同"]},
}


@pytest.mark.parametrize("name", CASES)
def test_every_text_of_the_page_stands_in_the_file(name, tmp_path):
    facts = sample(name, shipped(name)) | {"number": "示环〔2025〕1号", "signed_on": "2025-11-25"}
    document = compose(facts | CASES[name])
    data = written(document)
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    said = "".join(text_of(path, "DOCX").split())

    for place, text in texts(document):
        if not place.startswith("附件"):
            assert "".join(text.removesuffix("文件").split()) in said, place
    assert read(data) == document.body
    with zipfile.ZipFile(path) as archive:
        drawn = re.sub(r"<(?!w:br)[^>]*>", "", archive.read("word/document.xml").decode())
    lines = title_lines(document.title, document.phrases)
    assert "<w:br/>".join(lines) in drawn, "broken between words, as on the page"
