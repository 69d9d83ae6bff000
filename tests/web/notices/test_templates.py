"""Templates and fonts in the browser."""

import dataclasses

import pytest
from pypdf import PdfReader

from issues.notices.fonts.faces import FaceRole
from issues.notices.kinds import TEMPLATES, shipped


def text_of(page):
    from io import BytesIO  # noqa: PLC0415

    reader = PdfReader(BytesIO(page.answer.get_data()))
    return "".join(part.extract_text() for part in reader.pages).replace("\n", "")


def test_a_clerk_edits_previews_and_goes_back(browser):
    sun, url = browser.as_("sun"), "/notices/templates/N1"
    assert len(sun.get("/notices/templates").rows()) == len(TEMPLATES)
    changed = shipped("N1").replace("现将有关情况提示如下", "现将有关情况提醒如下")

    preview = sun.post(f"{url}/preview", text=changed)
    assert "现将有关情况提醒如下" in text_of(preview)
    page = sun.post(url, via=url, text=changed, reason="改一个词")
    assert "第1版" in page.text
    assert "改一个词" in page.text
    assert "孙" in page.text
    older = sun.get(url, version="0")
    assert "提示如下" in older.text
    (pair,) = [row.text for row in older.tree.one("section", id="compare").all("tr")[1:]]
    assert pair.index("情况提示如下") < pair.index("情况提醒如下"), "only the line that differs"
    assert not sun.get(url).tree.all("section", id="compare")
    sun.post(url, via=f"{url}?version=0", text=shipped("N1"), reason="恢复")
    assert "第2版" in sun.get(url).text


def test_a_fault_is_shown_at_its_line_and_what_was_typed_stays(browser):
    sun, url = browser.as_("sun"), "/notices/templates/N1"
    wrong = shipped("N1") + "另：{没有的字段}\n"

    page = sun.post(url, 422, via=url, text=wrong, reason="试")
    assert "没有“没有的字段”这个字段" in page.text
    assert "另：{没有的字段}" in page.html
    page = sun.post(f"{url}/preview", 422, text=wrong)
    assert "没有“没有的字段”这个字段" in page.text


def test_the_head_reads_and_the_others_do_not_see_them(browser):
    page = browser.as_("zhou").get("/notices/templates/N3")
    assert "保存模板" not in page.text
    browser.as_("zhou").send(
        "/notices/templates/N3", 403, **browser.as_("zhou").bare({"text": "x"})
    )
    for name in ("chen", "lin", "zhao", "sysadmin", "auditor"):
        browser.as_(name).get("/notices/templates", expect=403)
    browser.as_("sun").get("/notices/templates/N9", expect=404)
    browser.as_("sun").get("/notices/templates/N3", version="7", expect=404)


def test_the_fonts_page_says_what_stands_for_what_and_warns_of_a_substitute(app, browser):
    page = browser.as_("sysadmin").get("/admin/fonts")

    assert [row[0] for row in page.rows()] == ["仿宋", "细宋体", "小标宋", "黑体", "楷体", "宋体"]
    assert "FONTS_DIR" not in page.text
    assert "本机无小标宋字体" in page.text
    assert "安装时准备" in page.text
    browser.as_("chen").get("/admin/fonts", expect=403)


def test_a_city_with_all_its_own_fonts_is_warned_of_nothing(app, browser, monkeypatch):
    faces = app.extensions["faces"]()
    own = {role: dataclasses.replace(face, substitute=False) for role, face in faces.roles.items()}
    whole = dataclasses.replace(faces, roles=own)
    monkeypatch.setitem(app.extensions, "faces", lambda: whole)

    assert "没有以其他字体代替的" in browser.as_("sun").get("/admin/fonts").text


@pytest.mark.parametrize("role", [FaceRole.FANGSONG, FaceRole.TITLE])
def test_a_substitute_is_named(app, browser, monkeypatch, role):
    faces = app.extensions["faces"]()
    face = dataclasses.replace(faces.roles[role], substitute=True)
    one = dataclasses.replace(faces, roles={**faces.roles, role: face})
    monkeypatch.setitem(app.extensions, "faces", lambda: one)

    assert f"以{face.family}代替" in browser.as_("sun").get("/admin/fonts").text
