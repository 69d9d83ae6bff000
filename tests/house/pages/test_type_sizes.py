"""Six sizes of type on the screen and six on paper: named in one place, and no other is written."""

import re

import pytest
from tree import ROOT

CSS = ROOT / "static" / "css"
SIZES = {f"--size-{one}" for one in ("note", "small", "text", "lead", "title", "figure")}
PAPER = {f"--paper-{one}" for one in ("note", "fine", "small", "table", "text", "title")}
BASES = {"html", ":root"}
"""A whole screen may be seen from further off: what the sizes are counted from is set here."""
DRAWN = (
    "line-chart text", "map-label text", "map-tied", "reading-chart text", "sketch-name",
    "sketch-number", "desk-departs text",
)  # fmt: skip
"""Words within a drawing, which are scaled with it: their size is counted in its own units."""
SCALED = "desk.js"
"""Types on the picture of a sheet of paper, as large as the sheet is drawn."""
WATERMARK = ".is-practice::after"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
SIZE = re.compile(r"(?<![\w-])font(?:-size)?\s*:\s*([^;]+)")
NAMED = re.compile(r"^var\((--[\w-]+)\)(?:/[\d.]+ .*)?$", re.DOTALL)
INLINE = re.compile(r"font-size\s*[:=]\s*[\"']?(?!\{\{)[\w.]|\.style\.font|--(?:size|paper)-\w")


def faults(text):
    """Each size that is written out, or named by what is none of the names."""
    for selector, body in RULE.findall(COMMENT.sub("", text)):
        own = selector.split(";")[-1].strip()
        if own in BASES or own == WATERMARK or own.startswith("@"):
            continue
        for value in SIZE.findall(body):
            named = NAMED.match(value.strip())
            is_named = value.strip() == "inherit" or (named and named[1] in SIZES | PAPER)
            is_drawn = all(one.strip().endswith(DRAWN) for one in own.split(","))
            if not (is_named or is_drawn):
                yield f"{own}: {value.strip()}"


@pytest.mark.parametrize(
    "text",
    [
        "a { font-size: 13px; }",
        "a { color: red; font: 13px/1.4 serif; }",
        "@media print { a { font-size: 9pt; } }",
        "a, .line-chart text { font-size: 1em; }",
        "a { font-size: var(--size-huge); }",
    ],
)
def test_a_size_written_out_is_found(text):
    assert list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "a { font-size: var(--size-small); }",
        "a { font: var(--size-text)/1.6 serif; }",
        "a { font: inherit; font-size: inherit; }",
        "/* 13px */ .line-chart text { font-size: 13px; }",
        "html { font-size: 24px; }",
    ],
)
def test_a_named_size_is_left_alone(text):
    assert not list(faults(text))


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_no_stylesheet_writes_a_size_out(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


def test_the_names_are_the_six_of_the_screen_and_the_six_of_paper():
    """A screen further off sets the same names anew; nobody adds a seventh."""
    told = "".join(path.read_text(encoding="utf-8") for path in CSS.rglob("*.css"))

    assert set(re.findall(r"(--(?:size|paper)-[\w-]+)\s*:", told)) == SIZES | PAPER
    assert set(re.findall(r"var\((--(?:size|paper)-[\w-]+)\)", told)) == SIZES | PAPER


def test_no_template_and_no_script_sets_a_size():
    """In a drawing the size is counted for its scale, and stands in an attribute."""
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/**/*.js")]
    found = [
        f"{path.name}: {line.strip()[:80]}"
        for path in sources
        if path.name != SCALED
        for line in path.read_text(encoding="utf-8").splitlines()
        if INLINE.search(line)
    ]
    assert found == []
