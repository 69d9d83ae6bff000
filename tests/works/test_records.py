"""What was read of a workbook comes back as it was, and only what stands in the table is made."""

import dataclasses
from dataclasses import replace
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings, strategies as st
from sheets import COMPLAINTS, INSPECTION, understood

from issues.evidence.measured import Measured
from issues.exchange.differences.changes import Change
from issues.exchange.differences.difference import Comparison, Difference, Take
from issues.exchange.looks.shown import Look
from issues.exchange.reading.items import MeasureRead, PictureRead, Understood
from issues.exchange.workbook.sheet import Cell
from issues.vocabulary import Action, BesideAct, Source, Status
from issues.vocabulary.word import Word
from issues.works.kept_records import RECORDS, WORDS, Unreadable, text_of, value_of
from issues.works.readings import Reading, lines_of

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
FINITE = {"allow_nan": False, "allow_infinity": False}
PLAIN = (
    st.none() | st.booleans() | st.integers() | TEXTS | st.floats(**FINITE)
    | st.decimals(**FINITE) | st.dates() | st.datetimes() | st.sampled_from(Status)
)  # fmt: skip
READINGS = st.builds(
    Measured, TEXTS, st.decimals(**FINITE), TEXTS, st.dates(), TEXTS, low=st.none(), high=st.none()
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(TEXTS, inner, max_size=3) | st.frozensets(st.integers(), max_size=3)
        | st.builds(Cell, st.integers(1, 9), st.integers(1, 9), inner, TEXTS, st.just(Look()))
        | st.builds(
            Take, st.sampled_from([*Action, BesideAct.RECORD_READING]),
            st.dictionaries(TEXTS, inner), st.just({}), st.none() | READINGS,
        )
        | st.builds(Change, TEXTS, TEXTS, st.dates(), TEXTS)
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=40)
@given(VALUES)
def test_any_value_comes_back_as_it_was(value):
    text = text_of(value)

    assert "\n" not in text
    assert value_of(text) == value


@pytest.mark.parametrize("path", [COMPLAINTS, INSPECTION], ids=["complaints", "inspection"])
def test_a_reading_comes_back_whole_and_in_parts(path):
    read = understood(path)
    found = Comparison(
        1, (Difference(1, 2, "甲", "goal", "目标", "旧", "新", take=Take(Action.AMEND)),)
    )

    kept = Reading(lines_of(read, found), "key", None)

    assert kept.understood == replace(read, cells=())
    assert kept.whole() == read
    assert kept.comparison == found
    rows = {read.cells[0].rows[0], read.cells[-1].rows[0]}
    assert [part.rows[0] for part in kept.whole(rows).cells] == sorted(rows)


@pytest.mark.parametrize(
    "text",
    ['["os.system","ls"]', '["C"]', "[]", '[["C"]]', '["D",1,2,3,4,5,6]', "{", '["n","x"]'],
)
def test_a_text_that_is_none_of_ours_makes_nothing(text):
    with pytest.raises(Unreadable):
        value_of(text)


def kinds_in(hint):
    """The records and words that a value of this type may hold, and those in them."""
    is_record = dataclasses.is_dataclass(hint) or hasattr(hint, "_fields")
    inner = get_type_hints(hint).values() if is_record else get_args(hint)
    own = {hint} if is_record or (isinstance(hint, type) and issubclass(hint, Word)) else set()
    return own.union(*map(kinds_in, inner))


def test_every_record_of_a_sheet_stands_in_the_table():
    """One that does not cannot be kept: a large workbook that has it would not be read."""
    kinds = kinds_in(Understood)

    assert {MeasureRead, PictureRead, Source} <= kinds
    assert kinds <= {*RECORDS.values(), *WORDS.values()}


def test_a_reading_of_another_version_is_none():
    with pytest.raises(Unreadable):
        Reading(["reading 0", "null", "null"], "key", None)
