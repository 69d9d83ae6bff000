"""No code and no page names a city: the example's seed alone does, and what tests it."""

import re

import pytest
from tree import committed

PLACES = ("issues/", "auth/", "templates/", "static/", "tools/", "app.py", "config", "extensions")
NAMES = re.compile(
    r"巴中|巴州|巴环|恩阳|通江|南江县|平昌|0827|5119\d\d"
    r"|(?<![A-Za-z])BZ(?![A-Za-z])|(?i:bazhong|enyang|tongjiang|nanjiang|pingchang)"
)


def named_in(files):
    return [
        f"{path}: {found}"
        for path, text in files
        if path.startswith(PLACES) and not path.startswith("static/vendor/")
        for found in sorted(set(NAMES.findall(text)))
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/ticket/page.html", "<p>巴中市</p>"),
        ("issues/counters.py", 'prefix = setting("number_prefix", "BZ")'),
        ("auth/passwords.py", 'CONTEXT = ("bazhong",)'),
        ("tools/build.mjs", "'map/511900.json'"),
        ("config.py", 'PHONE = "0827-0001234"'),
    ],
)
def test_the_check_finds_a_planted_name(path, text):
    assert named_in([(path, text)])
    assert named_in([(f"seed/{path}", text)]) == []


def test_nothing_of_the_product_names_the_city_of_the_example():
    found = named_in(committed())
    assert not found, "\n".join(found)
