"""Documents: what a docstring cites is in the repository, and docs/rules.md says what happens."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from paper import DEFAULT, compiled, level, quantified, rules_on, ticket
from tree import ROOT, committed

from issues.rules.colour import computed_colour, thresholds
from issues.rules.dates.deadlines import read_deadline
from issues.rules.facts import ClaimFacts, ExposureFacts, MeasureFacts
from issues.vocabulary import Nature, Rule, Sense

CITED = re.compile(r"(?<![\w/.*<-])([\w./-]+\.md)\b")
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
CLAIM = date(2025, 12, 30)


def held(read, **target):
    """A ticket without a deadline, its target's day the 21st of December."""
    readings = [] if read == "-" else [(date(2025, 6, 1), read)]
    return ticket(due=None, targets=(level(*readings, due=date(2025, 12, 21), **target),))


FACTS = {
    "plain": lambda _: ticket(),
    "confirmed": lambda value: ticket(measures=(quantified(int(value), target=1000),)),
    "claimed": lambda value: ticket(claims=(ClaimFacts(date.fromisoformat(value)),)),
    "returned": lambda value: ticket(claims=(ClaimFacts(CLAIM, date.fromisoformat(value)),)),
    "measure": lambda value: ticket(
        measures=(MeasureFacts(1, date(2025, 4, 10), date.fromisoformat(value)),)
    ),
    "exposed": lambda value: ticket(
        exposures=(ExposureFacts(date.fromisoformat(value), "省级通报"),)
    ),
    "level": lambda value: held(value),
    "keep": lambda value: held(value, sense=Sense.GE, value="100", nature=Nature.KEEP),
}


def rows(heading):
    """The cells of the first table below a heading, without its head."""
    below = RULES.partition(heading)[2]
    lines = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def missing(name, text):
    return [cited for cited in CITED.findall(text) if not (ROOT / cited).is_file()]


def test_every_document_a_module_cites_is_in_the_repository():
    found = {name: gone for name, text in committed()
             if name.endswith(".py") and not name.startswith("tests/house/")
             and (gone := missing(name, text))}  # fmt: skip

    assert found == {}


def test_a_document_that_is_nowhere_is_found():
    assert missing("x.py", '"""See nowhere.md and docs/rules.md."""') == ["nowhere.md"]


@pytest.mark.parametrize("row", rows("### 算例"), ids=" ".join)
def test_a_worked_example_of_the_page(row):
    what, value, day, colour, named = row
    facts, on = FACTS[what](value), date.fromisoformat(day)
    yellow, red = thresholds(compiled(facts))
    seen = SimpleNamespace(status=facts.status, yellow_from=yellow, red_from=red, card="")

    assert computed_colour(seen, on).value == colour
    assert rules_on(facts, on) == {Rule(word) for word in named.split() if word != "-"}


@pytest.mark.parametrize("row", rows("## 日子"), ids=" ".join)
def test_a_deadline_in_words_of_the_page(row):
    words, kind, day = row
    read = read_deadline(words, date(2025, 3, 1), DEFAULT)

    assert (read.kind.value, read.on.isoformat() if read.on else "-") == (kind, day)


def test_the_page_names_every_rule_by_its_word():
    told = {cells[0]: cells[1] for cells in rows("## 颜色")}

    assert told == {rule.value: rule.label for rule in Rule}
