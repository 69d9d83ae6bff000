"""Likeness against what copies and forms do: each test is named for the kind of text."""

import random
import re

import pytest
from rows import an_issue, save
from sqlalchemy import true

from issues.likeness import similar
from issues.likeness.scoring import VERY_LIKELY, Facts, likeness, stock_of

HEAD = "根据省生态环境保护督察组现场督察和群众举报线索，经市环委办会同有关部门现场核实，"
TAIL = "，现场检查时仍未整改到位，周边群众多次反映，要求限期整改。"
ASKED = 15


def matters(problems):
    """The first sentence of each problem, where it is of a middling length; each once."""
    told = dict.fromkeys(one.split("。")[0] for one in problems)
    return [one for one in told if 18 <= len(one) <= 60]


def asked(text, **said):
    facts = {"region": "", "point": None, "firm": "", "on": None} | said
    return similar(text, **facts, scope=true())


def registered(texts):
    save(*(an_issue(f"T{n}", problem=text, region="511902") for n, text in enumerate(texts)))


def renamed(text, rng):
    """Every figure and the names of who and where are others."""
    text = re.sub(r"\d", lambda _: rng.choice("0123456789"), text)
    names = [m.start() for m in re.finditer(r".(?=[镇乡村厂河沟区县公])", text)]
    signs = list(text)
    for place in rng.sample(names, min(len(names), max(1, len(text) // 10))):
        signs[place] = rng.choice("甲乙丙丁戊己庚辛")
    return "".join(signs)


def test_copies_whose_figures_and_names_are_all_changed_are_among_the_first(app, problems):
    rng = random.Random(5)  # noqa: S311 - the same copies each time
    registered(problems)
    chosen = rng.sample(range(len(problems)), 30)

    met = [f"T{n}" in [one.number for one in asked(renamed(problems[n], rng))[:3]] for n in chosen]

    assert sum(met) >= 0.95 * len(met)


def test_the_same_words_in_another_county_are_told_and_not_called_very_likely(app, problems):
    registered(problems[:20])
    [first, *_] = asked(problems[3], region="511903")

    assert (first.number, first.level) == ("T3", "可能重复")
    here = Facts(problems[3], "511902", (106.75, 31.87))
    across = here._replace(region="511903", point=(106.751, 31.87))
    assert likeness(here, across).share >= VERY_LIKELY


def judged(texts, others, rng):
    """Of some texts with a sign changed: how many are found first, and what else is very likely."""
    met = false = 0
    for n in rng.sample(range(len(texts)), ASKED):
        signs = list(texts[n])
        signs[rng.randrange(len(signs))] = "某"
        found = asked(others("".join(signs)), region="511902")
        met += f"T{n}" in [one.number for one in found[:3]]
        false += sum(one.likeness >= VERY_LIKELY and one.number != f"T{n}" for one in found)
    return met, false


def test_problems_of_one_sentence_are_found_and_told_apart(app, problems):
    texts = matters(problems)
    registered(texts)

    assert judged(texts, str, random.Random(7)) == (ASKED, 0)  # noqa: S311 - the same each time


@pytest.mark.parametrize(("head", "tail"), [(HEAD, ""), ("", TAIL), (HEAD, TAIL)],
                         ids=["head", "tail", "both"])  # fmt: skip
def test_a_long_phrase_that_all_have_makes_none_very_likely(app, problems, head, tail):
    texts = matters(problems)
    registered([f"{head}{one}{tail}" for one in texts])
    rng = random.Random(7)  # noqa: S311 - the same each time
    met, false = judged(texts, lambda one: f"{head}{one}{tail}", rng)

    assert (met, false) == (ASKED, 0)


def test_many_copies_of_one_problem_are_copies_and_no_stock(problems):
    texts = [f"{HEAD}{one}{TAIL}" for one in matters(problems)]

    assert stock_of(texts[0], [texts[0]] * 30) == frozenset()
    assert stock_of(texts[0], texts)
