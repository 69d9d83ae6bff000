"""Every text for a person is written with full-width marks: templates, code, scripts, documents."""

import pytest
from punctuation import (
    mended,
    prose_mended,
    python_texts,
    script_mended,
    shown_faults,
    template_mended,
)
from tree import ROOT, committed

PRODUCT = (
    "app.py", "config.py", "config_values.py", "extensions.py", "auth/", "issues/", "seed/",
    "tools/", "bench/",
)  # fmt: skip
PROSE = (".md", ".toml", ".txt", ".example", "Makefile")
WRITTEN_BY_TOOLS = ("pyproject.toml", "requirements", "CHANGELOG.md", "migrations/")


def differences(before, after):
    """The lines that would read otherwise."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [(number, old.strip()) for number, (old, new) in enumerate(pairs, 1) if old != new]


def python_faults(source):
    return [(start[0], old) for start, old, new in python_texts(source) if old != new]


def faults_in(name, text):
    if name.endswith(".py"):
        return python_faults(text) if name.startswith(PRODUCT) else []
    if name.startswith("templates/"):
        return differences(text, template_mended(text))
    if name.startswith("static/") or name.endswith(".mjs"):
        return differences(text, script_mended(text)) if name.endswith((".js", ".mjs")) else []
    if name.endswith(PROSE) and not name.startswith(WRITTEN_BY_TOOLS):
        return differences(text, prose_mended(text))
    return []


def test_every_mark_between_chinese_is_full_width():
    found = [
        f"{name}:{line}: {said[:100]}"
        for name, text in committed()
        for line, said in faults_in(name, text)
    ]

    assert found == []


def test_files_of_every_kind_are_read():
    kinds = {name.rpartition(".")[2] for name, text in committed() if _is_read(name, text)}

    assert {"py", "html", "js", "md", "txt", "toml"} <= kinds


def _is_read(name, text):
    return bool(faults_in(name, text.replace("，", ",").replace("：", ":")))


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("已过10天,未确认", "已过10天，未确认"),
        ("时限:2025年", "时限：2025年"),
        ("整改时限(原文)", "整改时限（原文）"),
        ("PDF(电子版)和(ISO 9001)的", "PDF（电子版）和（ISO 9001）的"),
        ("确定吗?", "确定吗？"),
        ("已办理.", "已办理。"),
        ("请稍候...", "请稍候……"),
        ("已保存， 请继续", "已保存，请继续"),
    ],
)
def test_a_text_is_mended(half, full):
    assert mended(half) == full


@pytest.mark.parametrize(
    "text",
    ["见 https://example.cn/a,b", "GB/T 9704-2012", "12:30 开始", "台账.xlsx", "1,200 元", "a,b",
     "第1.2节", "60%以上", "BZ-AF-2025-001", "rgb(1, 2, 3)"],
)  # fmt: skip
def test_figures_codes_and_addresses_stay(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('X = "一,二"', 1),
        ('X = f"时限{a},{b}"', 1),
        ('X = f"{a},{b}"', 0),
        ('X = f"已启动：http://{host}:{port}"', 0),
        ('X = re.compile(r"[一二],")', 0),
        ('def f():\n    """一,二"""', 0),
        ("X = f\"{'一,二' if a else b}\"", 1),
    ],
)
def test_the_texts_of_a_module_are_read(source, count):
    assert len(python_faults(source)) == count


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>一,二</p>", "<p>一，二</p>"),
        ("<p>到{{ a }},共{{ n }}件</p>", "<p>到{{ a }}，共{{ n }}件</p>"),
        ('<p title="一,二">x</p>', '<p title="一，二">x</p>'),
        ('<path d="M{{ x }},{{ y }}"/>', '<path d="M{{ x }},{{ y }}"/>'),
        ('{{ f("一,二", 3) }}', '{{ f("一，二", 3) }}'),
        ("<b>一</b>(<i>二</i>)", "<b>一</b>（<i>二</i>）"),
    ],
)
def test_the_texts_of_a_template_are_read(source, wanted):
    assert template_mended(source) == wanted


def test_a_script_and_a_document_are_read():
    assert script_mended("say('一,二', `共${n}件,${m}`) // 一,二") == (
        "say('一，二', `共${n}件，${m}`) // 一,二"
    )
    assert prose_mended("见`a,一`,再看[一,二](x,一)") == "见`a,一`，再看[一，二](x,一)"


def test_a_page_is_read_as_it_is_shown():
    assert shown_faults("到2025-11-25,共3件；已过,未答")
    assert not shown_faults("到2025-11-25，共3件")


def test_the_files_looked_at_stand_where_they_are_looked_for():
    assert all((ROOT / name.rstrip("/")).exists() for name in PRODUCT)
