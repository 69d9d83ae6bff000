"""The checks every page passes are themselves seen to fail."""

import pytest
from markup import parse
from page_checks import faults

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<script src="/static/app.js" defer></script></head>
<body><h1>问题登记</h1>{body}</body></html>"""
FORM = (
    '<form method="post" action="/issues"><input type="hidden" name="csrf_token" value="x">'
    '<label for="title">标题</label><input id="title" name="title">'
    '<label>备注<textarea name="note"></textarea></label>'
    '<input name="q" aria-label="搜索"><button>登记问题</button></form>'
)
GOOD = [
    FORM,
    "<p>整改中，已过10天。联系邮箱 office@example.cn，附件 after.jpg</p>",
    '<a href="/issues/BZ-AF-2025-001"><svg class="icon"><use href="/static/icons.svg#x"></use>'
    "</svg> 打开</a>",
    '<script type="application/json">{"status": "rectifying"}</script>',
    '<form action="/issues"><label for="q">搜索</label><input id="q" name="q"></form>',
    '<input type="hidden" name="status" value="draft">',
]
BAD = [
    ("no label", '<form><input name="title"></form>'),
    ("has no label", '<form><select id="a" name="unit"><option>巴州区</option></select></form>'),
    ("stands 2 times", '<p id="a">一</p><p id="a">二</p>'),
    ("has no token", '<form method="post" action="/x"><button>交办</button></form>'),
    ("None stands in", "<p>责任单位：None</p>"),
    ("None stands in value", '<input type="hidden" name="a" value="None">'),
    ("'rectifying'", "<td>rectifying</td>"),
    ("'site_check'", "<p>状态为 site_check</p>"),
    ("'office'", "<p>(office)</p>"),
    ("a script stands", "<script>alert(1)</script>"),
    ("onclick", '<button onclick="go()">交办</button>'),
    ("a style", '<p style="color: red">红</p>'),
    ("points at a script", '<a href="javascript:alert(1)">看</a>'),
    ("reaches outside", '<img alt="图" src="https://example.com/a.png">'),
    ("reaches outside", '<script src="//example.com/a.js"></script>'),
    ("without words", '<a href="/x"><svg></svg></a>'),
    ("without alt", '<img src="/a.png">'),
    ("2 h1", "<h1>又一个</h1>"),
]


def said(body, title="问题登记 · 红黄绿督办"):
    return faults(parse(PAGE.format(title=title, body=body)))


@pytest.mark.parametrize("body", GOOD)
def test_a_good_page_is_left_alone(body):
    assert said(body) == []


@pytest.mark.parametrize(("fault", "body"), BAD)
def test_a_bad_page_is_told(fault, body):
    assert any(fault in one for one in said(body)), said(body)


def test_the_title_is_the_heading():
    assert said("", title="别的")
    assert said("", title="")


def test_the_language_is_chinese():
    assert faults(parse(PAGE.format(title="问题登记", body="").replace("zh-CN", "en")))


def test_a_piece_of_a_page_needs_no_heading_but_everything_else():
    assert faults(parse("<tr><td>整改中</td></tr>")) == []
    assert faults(parse("<tr><td>rectifying</td></tr>"))


@pytest.mark.parametrize("html", ["<p><b>一</p></b>", "<div>", "</div>"])
def test_a_tag_that_is_not_closed_in_its_place_is_told(html):
    with pytest.raises(AssertionError):
        parse(html)
