"""Texts in the manner of published ones: which items, deadlines and units are read of each.

The documents are made up. `expected.tsv` says what a clerk would enter: document, title, deadline,
who answers, who leads, region, which of these the text says by name (t d p l r), measures, the
place below the county.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from text_bodies import known_in_mianyang, known_in_the_example, places

from issues.rules.policy import Policy
from issues.texts.paragraphs import digest_of, paragraphs_of
from issues.texts.reading import read
from issues.vocabulary import Source

HERE = Path(__file__).parent / "documents"
POINTS = HERE.parents[2] / "seed" / "data" / "work_points_2025.json"
LETTERS = {
    "t": "title", "d": "deadline", "p": "primary_unit", "l": "lead_unit", "r": "region",
}  # fmt: skip
SHARE = 0.95
FIELDS = ("deadline", "primary_unit", "lead_unit", "region", "measures", "township")
NAMED = {one.code: one for one in places()}


def words_of(name):
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def read_of(name):
    if name == "年度要点":
        known, source = known_in_the_example(Policy()), Source.GZ
    else:
        known, source = known_in_mianyang(Policy()), None
    return read(paragraphs_of(words_of(name)), known, source), known


def told_of(draft, known):
    def called(code):
        return known.directory.called(code) if code else ""

    return {
        "title": draft.title,
        "deadline": str(draft.deadline or draft.deadline_text),
        "primary_unit": called(draft.primary_unit),
        "lead_unit": called(draft.lead_unit),
        "region": draft.region,
        "measures": str(len(draft.measures)),
        "township": place.name if (place := NAMED.get(draft.township)) else draft.township,
    }


def expected():
    """By document, what each of its items is: the seed's own facts for the programme."""
    found = {}
    with (HERE / "expected.tsv").open(encoding="utf-8") as file:
        for name, title, deadline, primary, lead, region, said, count, town in csv.reader(
            file, delimiter="\t"
        ):
            found.setdefault(name, []).append({
                "title": title, "deadline": deadline, "primary_unit": primary, "lead_unit": lead,
                "region": region, "measures": count, "township": town,
                "said": {LETTERS[one] for one in said},
            })  # fmt: skip
    found["年度要点"] = [
        {
            "title": one["name"], "deadline": "2025-12-31", "primary_unit": one["lead"][0],
            "lead_unit": one["lead"][0], "region": "511900", "measures": "0",
            "township": "",
            "said": {"title", "lead_unit"},
        }
        for one in json.loads(POINTS.read_text(encoding="utf-8"))["points"]
    ]  # fmt: skip
    return found


def judged():
    """(right by field, of how many; unmarked guesses; items that were wanted and were made)."""
    right, unmarked, wanted, made = Counter(), [], 0, 0
    for name, items in expected().items():
        result, known = read_of(name)
        drafts = {told_of(one, known)["title"]: one for one in result.drafts}
        wanted, made = wanted + len(items), made + len(drafts)
        for item in items:
            draft = drafts.get(item["title"])
            if draft is None:
                continue
            right["items"] += 1
            told = told_of(draft, known)
            guessed = {one.field for one in draft.guesses}
            for field in FIELDS:
                right[field] += told[field] == item[field]
            for field in (*LETTERS.values(), "township"):
                is_sure = field in item["said"] and told[field] == item[field]
                if told[field] and not is_sure and field not in guessed:
                    unmarked.append((name, item["title"], field, told[field]))
    return right, unmarked, wanted, made


def test_of_the_documents_95_of_100_items_deadlines_and_units_are_right():
    right, unmarked, wanted, made = judged()

    told = f"{len(expected())} documents, {wanted} items, {made} drafts: {dict(right)}"
    sys.stdout.write(f"{told}, unmarked guesses: {len(unmarked)}\n")
    assert wanted == made == 91
    for field in ("items", *FIELDS):
        assert right[field] / wanted >= SHARE, field
    assert unmarked == []


def test_the_measure_of_guesses_finds_one_that_is_not_marked(monkeypatch):
    """Its own control: a draft that keeps its guesses to itself is told."""
    monkeypatch.setattr("issues.texts.record.Draft.guess", lambda *_: None)

    assert len(judged()[1]) > 50


def test_the_programme_gives_the_22_points_with_their_units_and_figures():
    result, known = read_of("年度要点")
    points = json.loads(POINTS.read_text(encoding="utf-8"))["points"]

    assert [one.place for one in result.drafts] == [point["no"] for point in points]
    for draft, point in zip(result.drafts, points, strict=True):
        named = {known.directory.called(code) for code in draft.units}
        told = {name for name in point["responsible"] if known.directory.find(name)}
        assert told <= named
        assert {one.name for one in draft.targets} <= {one["name"] for one in point["targets"]}
    unread = [one.because for draft in result.drafts for one in draft.guesses
              if "没有认出，请核对" in one.because]  # fmt: skip
    figures = sum(len(point["targets"]) for point in points)
    assert sum(len(one.targets) for one in result.drafts) + len(unread) == figures
    assert len(unread) == 3


@pytest.mark.parametrize("name", sorted(expected()))
def test_every_paragraph_is_of_a_draft_or_among_those_left(name):
    result, _ = read_of(name)
    held = [one.no for draft in result.drafts for one in result.source_of(draft)]

    assert sorted([*held, *(one.no for one in result.left)]) == [
        one.no for one in result.paragraphs
    ]


@pytest.mark.parametrize("name", sorted(expected()))
def test_no_word_of_a_draft_is_of_anywhere_but_its_paragraphs(name):
    result, _ = read_of(name)
    for draft in result.drafts:
        source = "".join(one.text for one in result.source_of(draft)).replace(" ", "")
        for words in (draft.problem, draft.goal, *(one.text for one in draft.measures)):
            for line in words.split("\n"):
                assert line.replace(" ", "") in source


def test_the_same_words_have_the_same_digest_and_others_another():
    paragraphs = paragraphs_of(words_of("会议纪要"))

    assert digest_of(paragraphs[2:4]) == digest_of(paragraphs_of(words_of("会议纪要"))[2:4])
    assert digest_of(paragraphs[2:4]) != digest_of(paragraphs[2:5])
