"""The geometry tests are seen to fail: each number of the page moved a little is found."""

import inspect

import pytest
import test_geometry as page_tests
import test_letter_geometry as letter_tests
from measured import Reading
from notice_facts import document

from issues.notices.page import body, imprint, metrics, sheets, tables, tail
from issues.notices.page.gongwen import render

MM = metrics.MM
PLANTED = [
    (metrics, "LEFT", 3 * MM), (metrics, "TOP", 3 * MM), (metrics, "LINE", 0.5),
    (metrics, "MARK_TOP", 5 * MM), (metrics, "MARK_TO_RULE", 2 * MM),
    (metrics, "DATE_FROM_RIGHT", 10), (metrics, "PAGE_NUMBER_BELOW", 2 * MM),
    (metrics, "OUTER_RULE", 0.5), (metrics, "INNER_RULE", 0.3), (metrics, "QR", 4 * MM),
    (metrics, "SMALL", 1), (metrics, "WIDTH", -4 * MM),
    (body, "INDENT", 8), (imprint, "ROW", 2 * MM), (imprint, "EDGE", 6),
    (tail, "_SIGNER_TO_DATE", 1), (sheets, "_EPSILON", 40), (tables, "LEADING", 6),
]  # fmt: skip
PLANTED_IN_LETTERS = [
    (metrics, "LETTER_MARK_TOP", 4 * MM), (metrics, "LETTER_RULE_WIDTH", -8 * MM),
    (metrics, "LETTER_RULE_FOOT", 3 * MM), (metrics, "UNDER_RULE", 5),
    (metrics, "LETTER_THIN", 2.0),
]  # fmt: skip


def checks(module, fixture):
    """The tests of a module that need nothing but the one drawn document."""
    return [
        test
        for name, test in vars(module).items()
        if name.startswith("test_") and list(inspect.signature(test).parameters) == [fixture]
    ]


def found_by(module, fixture, reading):
    found = []
    for check in checks(module, fixture):
        try:
            check(reading)
        except (AssertionError, StopIteration, IndexError, ValueError):
            found.append(check.__name__)
    return found


def moved(monkeypatch, module, name, by):
    monkeypatch.setattr(module, name, getattr(module, name) + by)


def test_the_sound_page_passes(faces):
    assert found_by(page_tests, "red", Reading(render(document(), faces))) == []
    assert found_by(letter_tests, "letter", Reading(render(document(kind="N1"), faces))) == []


@pytest.mark.parametrize(("module", "name", "by"), PLANTED, ids=lambda one: str(one)[:24])
def test_a_number_moved_is_found_on_the_page(faces, monkeypatch, module, name, by):
    moved(monkeypatch, module, name, by)

    assert found_by(page_tests, "red", Reading(render(document(), faces)))


@pytest.mark.parametrize(
    ("module", "name", "by"), PLANTED_IN_LETTERS, ids=lambda one: str(one)[:24]
)
def test_a_number_moved_is_found_on_the_letter(faces, monkeypatch, module, name, by):
    moved(monkeypatch, module, name, by)

    assert found_by(letter_tests, "letter", Reading(render(document(kind="N1"), faces)))
