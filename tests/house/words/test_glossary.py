"""The dictionary knows every word the product stores, by the Chinese a page shows."""

import re

import pytest
from tree import ROOT

from issues import vocabulary
from issues.manual.book import words
from issues.tickets.fields import FIELDS
from issues.vocabulary import Word

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"\| ([^|]+) \| ([^|]+) \| ([^|]+) \|")
HEADINGS = {("中文", "English", "Meaning"), ("---", "---", "---")}
KINDS = {
    name: kind
    for name, kind in vars(vocabulary).items()
    if isinstance(kind, type) and issubclass(kind, Word) and kind is not Word
}


def sections(text):
    """The rows below each heading as (Chinese, English, meaning)."""
    found, rows = {}, []
    for line in text.splitlines():
        if line.startswith("## "):
            rows = found.setdefault(line.removeprefix("## "), [])
        elif (row := ROW.fullmatch(line)) and row.groups() not in HEADINGS:
            rows.append(row.groups())
    return found


def pairs_of(rows):
    return {(chinese, english.strip("`")) for chinese, english, _ in rows}


def wrong_words(rows, kind):
    """Words of the code the rows do not say, and rows the code does not know."""
    return pairs_of(rows) ^ {(word.label, word.value) for word in kind}


def wrong_fields(rows):
    return pairs_of(rows) ^ {(field.label, field.name) for field in FIELDS}


@pytest.fixture(scope="module")
def told():
    return sections(GLOSSARY.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", KINDS)
def test_every_word_stands_in_the_glossary_as_in_the_code(told, name):
    assert wrong_words(told.get(name, []), KINDS[name]) == set()


def test_a_word_that_changed_is_found(told):
    rows = told["Colour"]

    assert wrong_words(rows[1:], KINDS["Colour"]) == {("红", "red")}
    assert wrong_words([*rows, ("蓝", "`blue`", "No.")], KINDS["Colour"]) == {("蓝", "blue")}


def test_every_field_of_a_ticket_stands_in_the_glossary(told):
    rows = told["Ticket fields"]

    assert wrong_fields(rows) == set()
    assert wrong_fields(rows[1:]) == {(FIELDS[0].label, FIELDS[0].name)}


def test_the_words_of_the_domain_are_told_once(told):
    words = [chinese for chinese, _, _ in told["Words of the domain"]]

    assert len(words) == len(set(words))
    assert {"销号", "整改措施", "主责单位", "佐证材料", "回头看"} <= set(words)


def test_no_section_tells_of_words_the_code_has_not(told):
    assert set(told) == {"Words of the domain", "Ticket fields", "词义", *KINDS}


def unexplained(told, explained):
    """Words of the domain that the help does not explain, and words it explains beside them."""
    return {chinese for chinese, _, _ in told["Words of the domain"]} ^ explained


def test_every_word_of_the_domain_is_explained_to_who_uses_the_product(told):
    explained = {row.word for row in words()}

    assert unexplained(told, explained) == set()
    assert unexplained(told, explained - {"销号"}) == {"销号"}
    assert all(row.meaning.endswith("。") for row in words())
