"""A page's form with what was kept put in: every kind of control, and nothing that is unseen."""

from hypothesis import given, strategies as st
from markup import parse
from page import Form

from issues.kept.content import Content
from issues.web.door.kept.filling import filled

PAGE = """<html><body><form method="get" action="/act"><input name="title" value=""></form>
<form method="post" action="/act?x=1"><input type="hidden" name="csrf_token" value="fresh">
<input type="hidden" name="version" value="7"><input type="text" name="title" value="旧">
<textarea name="problem">原文 &amp; 更多</textarea>
<select name="unit"><option value="">请选择</option><option value="a" selected>甲</option>
<option value="b">乙</option></select>
<input type="checkbox" name="type" value="水" checked>
<input type="checkbox" name="type" value="气">
<input type="radio" name="way" value="1"><input type="radio" name="way" value="2" checked>
<input type="password" name="pin"><input type="file" name="photo">
<table data-rows="rows"><tbody>
<tr><td><input name="rows-0-text" id="f-rows-0-text" aria-label="第1行 措施" value=""></td></tr>
</tbody></table><button>提交</button></form></body></html>"""
TYPED = (
    ("title", '新的<b>"标题"'), ("problem", "第一行\r\n</textarea><script>x</script>"),
    ("unit", "b"), ("type", "气"), ("way", "1"), ("pin", "1234"), ("version", "1"),
    ("rows-0-text", "甲措施"), ("rows-1-text", "乙措施"),
)  # fmt: skip


def content(*said, **further):
    return Content(page="/act", action="/act", said=said, **further)


def drawn(html):
    forms = parse(html).all("form", method="post")
    return Form(forms[0]).drawn()


def test_every_kind_of_control_is_filled_and_nothing_unseen():
    done = filled(PAGE, "/act", content(*TYPED, version="1"), "t0ken")

    said = drawn(done.html)
    assert said["title"] == '新的<b>"标题"'
    typed = said["problem"].replace("\r\n", "\n").strip("\n")
    assert typed == "第一行\n</textarea><script>x</script>"
    assert (said["unit"], said["type"], said["way"]) == ("b", "气", "1")
    assert (said["rows-0-text"], said["rows-1-text"]) == ("甲措施", "乙措施")
    assert (said["csrf_token"], said["version"], said["kept"]) == ("fresh", "7", "t0ken")
    assert said["pin"] == ""
    assert "第2行 措施" in done.html
    assert "<script>" not in done.html
    assert done.is_other
    assert done.is_newer
    assert done.html[done.start :].startswith('<form method="post"')


def test_what_stands_there_already_is_nothing_to_offer():
    as_drawn = (
        ("title", "旧"), ("problem", "原文 & 更多"), ("unit", "a"), ("type", "水"), ("way", "2"),
    )  # fmt: skip

    assert not filled(PAGE, "/act", content(*as_drawn), "t").is_other


def test_what_no_control_takes_any_more_is_told():
    done = filled(PAGE, "/act", content(("unit", "已撤销的单位"), ("gone", "写了很久")), "t")

    assert done.left == ("已撤销的单位", "写了很久")
    assert drawn(done.html)["unit"] == "a"


def test_files_chosen_before_are_something_to_offer_and_drawn_by_their_own_field():
    done = filled(PAGE, "/act", content(("staged_photo", "abc"), ("staged_photo", "def")), "t")

    assert done.is_other
    assert done.left == ()
    assert "staged_photo" not in drawn(done.html)


def test_of_two_forms_of_one_address_that_is_filled_which_carries_the_same():
    one = (
        '<form method="post" action="/act"><input type="hidden" name="id" value="{0}">'
        '<input name="text" value=""></form>'
    )
    page = one.format(1) + one.format(2)

    done = filled(page, "/x", content(("id", "2"), ("text", "乙")), "t")
    assert done.html.index("乙") > page.index('value="2"')
    assert filled(page, "/x", content(("id", "3"), ("text", "丙")), "t") is None
    assert filled(page, "/x", content(("text", "甲"), version="1"), "t") is not None


def test_a_page_without_the_form_has_none():
    assert filled(PAGE, "/act", Content("/act", "/other", (("title", "x"),)), "t") is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=60))
def test_any_text_comes_back_as_it_was_typed(text):
    done = filled(PAGE, "/act", content(("title", text), ("problem", text)), "t")

    said = drawn(done.html)
    assert said["title"] == text
    assert said["problem"].strip("\n") == text.strip("\n")
