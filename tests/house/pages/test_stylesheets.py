"""Our own stylesheets read whole in Chromium 90: what is newer stands apart or has a fallback."""

import re

import pytest
from tree import ROOT

NEWER = re.compile(
    r"color-mix\(|oklch\(|oklab\(|\blch\(|\blab\(|light-dark\(|@layer|@container|\d[dsl]vh\b|\d[dsl]vw\b"
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
OWN = sorted((ROOT / "static" / "css").rglob("*.css"))


def faults(text):
    """What an older browser would drop, with all that goes down with it."""
    for selector, body in RULE.findall(COMMENT.sub("", text)):
        selectors = selector.split(",")
        if ":has(" in selector and not all(":has(" in one for one in selectors):
            yield f"{selector.strip()}: an older browser drops the other selectors too"
        known = {}
        for declaration in filter(None, map(str.strip, body.split(";"))):
            name, _, value = declaration.partition(":")
            if NEWER.search(value) and name.strip() not in known:
                yield f"{selector.strip()}: {declaration} has no fallback before it"
            known[name.strip()] = value
    for rule in re.findall(r"@layer|@container", text):
        yield f"{rule}: an older browser drops all it holds"


@pytest.mark.parametrize(
    "text",
    [
        "a { color: color-mix(in srgb, red, blue); }",
        "a { color: oklch(50% 0.1 20); color: red; }",
        "a, b:has(c) { color: red; }",
        "@layer x { a { color: red; } }",
        "a { height: 100dvh; }",
    ],
)
def test_the_check_finds_a_planted_fault(text):
    assert list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "a { color: red; color: color-mix(in srgb, red, blue); }",
        "a { color: red; } b:has(c), d:has(e) { color: red; }",
        "/* oklch() is newer */ a { color: red; }",
        "a { height: 100vh; height: 100dvh; }",
    ],
)
def test_the_check_leaves_good_rules_alone(text):
    assert not list(faults(text))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_an_older_browser_loses_nothing_it_needs(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


def test_there_is_a_look_for_paper():
    assert "@media print" in (ROOT / "static" / "css" / "app.css").read_text(encoding="utf-8")
