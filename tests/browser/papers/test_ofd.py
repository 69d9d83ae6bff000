"""The OFD of every form opened and drawn by a reader that is not ours (ofd.js, in Chromium), with
the fonts of the file itself; its ink compared with that of the PDF as PDFium draws it."""

import base64
import io

import numpy as np
import pypdfium2
import pytest
from defusedxml.ElementTree import fromstring
from every_kind import example
from measured import BUILT
from needs import need
from notice_facts import document
from ofd_rules import OFD, parts
from PIL import Image, ImageFilter

from issues.notices.fonts.files import load_faces
from issues.notices.ofd.writing import written
from issues.notices.page.gongwen import render
from tools.node import READER

WIDTH, HEIGHT = 794, 1123
NEAR = 3
"""Pixels of 0.26 mm within which ink of one lies by ink of the other."""
MOST_ALONE = 0.01
FORMS = ("signed", "N1", "N5", "N5-report", "N9-request", "N9-minutes")
"""文件, 信函, one with charts, 专报, 上行文 and 纪要."""
DARK, INK = 150, 225
DRAW = """async ([given, fonts]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  for (const [family, file] of fonts) {
    const face = new FontFace(family, bytes(file));
    await face.load();
    document.fonts.add(face);
  }
  const opened = await new Promise((done, failed) =>
    ofd.parseOfdDocument({ofd: bytes(given).buffer, success: done, fail: failed}));
  const pages = ofd.renderOfd(794, opened[0]);
  for (const page of pages) document.body.append(page);
  return [pages.length, document.body.textContent];
}"""


@pytest.fixture(scope="module")
def faces():
    return load_faces(BUILT, None, ())


@pytest.fixture(scope="module")
def drawn(running):
    """`drawn(data)`: each page as a picture in grey, and all that is said."""
    need(READER.file.is_file(), "没有 .tools/reader/ofd.min.js，先运行 make setup-dev")
    script = READER.file.read_text(encoding="utf-8")

    def of(data):
        context = running.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
        try:
            page = context.new_page()
            page.set_content("<body style='margin:0;background:#fff'></body>")
            page.add_script_tag(content=script)
            given = [base64.b64encode(data).decode(), list(fonts_of(data))]
            count, said = page.evaluate(DRAW, given)
            page.evaluate("document.fonts.ready")
            divs = page.locator("body > div")
            shots = [divs.nth(n).screenshot() for n in range(count)]
        finally:
            context.close()
        return [Image.open(io.BytesIO(shot)).convert("L") for shot in shots], said

    return of


def fonts_of(data):
    found = parts(data)
    for one in fromstring(found["Doc_0/PublicRes.xml"]).iter(f"{OFD}Font"):
        file = found[f"Doc_0/Res/{one.find(f'{OFD}FontFile').text}"]
        yield [one.get("FamilyName"), base64.b64encode(file).decode()]


def alone(one, other):
    """The share of dark points of one that have no dark point of the other near them."""
    grown = other.filter(ImageFilter.MinFilter(2 * NEAR + 1))
    dark = np.asarray(one) < DARK
    return float((dark & (np.asarray(grown) >= INK)).sum() / max(dark.sum(), 1))


def by_pdfium(pdf, sizes):
    with pypdfium2.PdfDocument(pdf) as opened:
        for page, size in zip(opened, sizes, strict=True):
            scale = size[0] / page.get_size()[0]
            yield page.render(scale=scale).to_pil().convert("L").resize(size)


@pytest.mark.browser
@pytest.mark.parametrize("name", FORMS)
def test_it_looks_as_the_pdf_does(name, faces, drawn):
    one = document() if name == "signed" else example(name)
    pages, said = drawn(written(one, faces))
    sheets = list(by_pdfium(render(one, faces).pdf, [page.size for page in pages]))
    assert one.signer in said
    for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True), 1):
        shares = alone(page, sheet), alone(sheet, page)
        assert max(shares) < MOST_ALONE, f"page {number}: {shares}"


@pytest.mark.browser
def test_another_page_is_told_from_it(faces, drawn):
    pages, _ = drawn(written(document(), faces))
    moved = render(example("N4"), faces).pdf
    with pypdfium2.PdfDocument(moved) as opened:
        sheet = opened[0].render(scale=1.34).to_pil().convert("L").resize(pages[0].size)
    assert max(alone(pages[0], sheet), alone(sheet, pages[0])) > 10 * MOST_ALONE
