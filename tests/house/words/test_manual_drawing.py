"""Markdown as the manual uses it, and nothing of HTML."""

from issues.manual.drawing import anchor_of, drawn


def html(text, prefix="", by=0):
    found = drawn(f"# 题\n\n{text}", lambda to: f"/x/{to}", lambda name: f"/p/{name}", prefix, by)
    return found.html


def test_each_kind_of_block_is_drawn():
    assert html("一**二**`三`") == "<p>一<strong>二</strong><code>三</code></p>"
    assert html("- 一\n- 二") == "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"
    assert html("1. 一\n2. 二").startswith("<ol>\n<li>一</li>")
    assert html("```\na < b\n```") == "<pre><code>a &lt; b\n</code></pre>"
    assert '<a href="/x/b.md#c">甲</a>' in html("[甲](b.md#c)")
    table = html("| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |")
    assert table.startswith('<div class="table-frame" tabindex="0" role="region" ')
    assert 'aria-label="甲、乙"><table class="ledger">' in table
    assert "<td>一</td>" in table
    picture = '<figure><img alt="图题" src="/p/a.webp" loading="lazy">'
    assert html("![图题](a.webp)") == f"{picture}<figcaption>图题</figcaption></figure>"


def test_no_html_of_a_text_is_html():
    said = html("一<script>x()</script>\n\n<b onclick=x>二</b>")

    assert "<script" not in said
    assert "<b" not in said
    assert "&lt;script&gt;" in said


def test_a_broken_line_of_chinese_is_one_line():
    assert html("一，\n二**三**\n四 five\nsix") == "<p>一，二<strong>三</strong>四 five\nsix</p>"


def test_headings_have_anchors_that_stand_once():
    found = drawn("# 题\n\n引\n\n## 甲：乙\n\n一\n\n### 丙\n\n## 甲：乙", str, str, "p-", 1)

    assert found.title == "题"
    assert [(part.anchor, part.level, part.text) for part in found.parts] == [
        ("", 1, "引"), ("甲乙", 2, "一"), ("丙", 3, ""), ("甲乙-2", 2, ""),
    ]  # fmt: skip
    assert '<h3 id="p-甲乙">' in found.html
    assert '<h4 id="p-丙">' in found.html
    assert anchor_of("A 甲、（乙）") == "a-甲乙"
