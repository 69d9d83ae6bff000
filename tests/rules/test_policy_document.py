"""A policy as a document: changed values over the default, every fault named."""

import json
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from issues.rules.policy import NUMBERS, ROUND_CADENCES, Policy, PolicyError, SourceRules
from issues.rules.presets import PRESETS
from issues.rules.sources import LABELS, READERS
from issues.vocabulary import COMPLAINT_SOURCES, INSPECTION_SOURCES, NoticeKind, Source

DEFAULT = Policy.default()
OF_LEADS = frozenset({Source.YG, Source.LD, Source.RX, Source.MT})
"""By the rules of what a unit found itself."""


def errors_of(document):
    with pytest.raises(PolicyError) as refused:
        Policy.from_document(document)
    return refused.value.errors


def test_the_default_survives_json():
    document = json.loads(json.dumps(DEFAULT.document()))

    assert Policy.from_document(document) == DEFAULT
    assert Policy.from_document({}) == DEFAULT
    assert list(document) == list(Policy.from_document(document).document())


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(number.least, number.most)
            for name, number in NUMBERS.items()
            if name not in {"standing_report_months"}
        },
    ),
    st.dictionaries(
        st.sampled_from([source.value for source in Source]),
        st.fixed_dictionaries(
            {"weight": st.decimals("0.01", 10, places=2).map(str)},
            optional={"report_months": st.sampled_from([1, 3]), "has_publicity": st.booleans()},
        ),
    ),
)
def test_every_accepted_document_round_trips(numbers, sources):
    try:
        policy = Policy.from_document(numbers | {"sources": sources})
    except PolicyError as refused:
        assert all("不能小于" in said for says in refused.errors.values() for said in says)  # noqa: PT017 - a hole is the only fault left
        return
    assert Policy.from_document(json.loads(json.dumps(policy.document()))) == policy
    for name, value in numbers.items():
        assert getattr(policy, name) == value


def test_changed_values_stand_over_the_default():
    policy = Policy.from_document({"near_max": 20, "sources": {"GZ": {"report_months": 1}}})

    assert policy.near_max == 20
    assert policy.near_min == DEFAULT.near_min
    assert policy.sources[Source.GZ].report_months == 1
    assert policy.sources[Source.GZ].plan_workdays == 10
    assert policy.sources[Source.YD] == DEFAULT.sources[Source.YD]


@pytest.mark.parametrize(
    ("document", "fields_at_fault"),
    [
        ({"near_maximum": 3}, {"near_maximum"}),
        ({1: 3}, {1}),
        ({"near_max": "30"}, {"near_max"}),
        ({"near_max": 30.0}, {"near_max"}),
        ({"near_max": True}, {"near_max"}),
        ({"near_max": None}, {"near_max"}),
        ({"near_max": -1, "lag_red": 101}, {"near_max", "lag_red"}),
        ({"lag_red": 9}, {"lag_red"}),
        ({"near_min": 31}, {"near_max"}),
        ({"measure_yellow_after": 16}, {"measure_red_after"}),
        ({"standing_report_months": 5}, {"standing_report_months"}),
        ({"round_cadence": "daily"}, {"round_cadence"}),
        ({"round_cadence": ["monthly"]}, {"round_cadence"}),
        ({"sources": []}, {"sources"}),
        ({"sources": {"XX": {}}}, {"sources.XX"}),
        ({"sources": {"YD": 3}}, {"sources.YD"}),
        ({"sources": {"YD": {"colour": 3}}}, {"sources.YD.colour"}),
        ({"sources": {"YD": {"mover": "mayor"}}}, {"sources.YD.mover"}),
        ({"sources": {"YD": {"mover": []}}}, {"sources.YD.mover"}),
        ({"sources": {"YD": {"report_months": 5}}}, {"sources.YD.report_months"}),
        ({"sources": {"YD": {"plan_workdays": 0}}}, {"sources.YD.plan_workdays"}),
        ({"sources": {"YD": {"weight": "heavy"}}}, {"sources.YD.weight"}),
        ({"sources": {"YD": {"weight": "NaN"}}}, {"sources.YD.weight"}),
        ({"sources": {"YD": {"weight": -1}}}, {"sources.YD.weight"}),
        ({"sources": {"YD": {"needs_conclusion": 1}}}, {"sources.YD.needs_conclusion"}),
        ([], {"document"}),
    ],
)
def test_every_fault_is_named_at_its_field(document, fields_at_fault):
    found = errors_of(document)

    assert set(found) == fields_at_fault
    assert all(sentence for sentences in found.values() for sentence in sentences)


def test_every_number_has_words_and_its_default_is_allowed():
    names = {field.name for field in fields(Policy)} - {"sources", "round_cadence", "scores"}

    assert names == set(NUMBERS)
    for name, number in NUMBERS.items():
        assert number.label
        assert number.explanation
        assert number.least <= getattr(DEFAULT, name) <= number.most
    assert DEFAULT.round_cadence in ROUND_CADENCES
    assert {field.name for field in fields(SourceRules)} == set(READERS) == set(LABELS)


def test_the_table_of_sources():
    """docs/rules.md."""
    rules = DEFAULT.sources
    assert set(rules) == set(Source)
    assert {s for s in Source if rules[s].mover == "document"} == INSPECTION_SOURCES
    assert {s for s in Source if rules[s].mover == "nobody"} == COMPLAINT_SOURCES
    assert {s for s in Source if rules[s].needs_conclusion} == INSPECTION_SOURCES
    own = OF_LEADS | {Source.ZC, Source.QT}
    assert {s for s in Source if not rules[s].has_publicity} == own | {Source.GZ}
    assert {s for s in Source if rules[s].report_months == 3} == {Source.GZ}
    assert {s for s in Source if rules[s].plan_workdays == 30} == INSPECTION_SOURCES
    assert {s: rules[s].weight for s in Source} == {
        **dict.fromkeys([Source.YD, Source.YX], Decimal("1.5")),
        **dict.fromkeys([Source.SD, Source.SX, Source.ZH, Source.JS], Decimal("1.2")),
        **dict.fromkeys([Source.AF, Source.GZ, *own], Decimal(1)),
    }
    six_months = INSPECTION_SOURCES | COMPLAINT_SOURCES
    assert {s for s in Source if rules[s].first_lookback_months == 6} == six_months
    assert {s for s in Source if rules[s].lookback_sample} == own | {Source.AF}


@pytest.mark.parametrize(
    ("kind", "source", "days"),
    [
        (NoticeKind.N0, Source.AF, 10),
        (NoticeKind.N0, Source.SD, 30),
        (NoticeKind.N1, Source.AF, 5),
        (NoticeKind.N2, Source.AF, 5),
        (NoticeKind.N3, Source.AF, 3),
        (NoticeKind.N4, Source.AF, None),
        (NoticeKind.N8, Source.AF, None),
    ],
)
def test_the_days_in_which_a_notice_is_answered(kind, source, days):
    assert DEFAULT.reply_workdays(kind, source) == days


def test_a_policy_is_a_key():
    assert {DEFAULT: 1}[Policy.default()] == 1


@pytest.mark.parametrize("name", PRESETS)
def test_a_ready_set_is_a_policy_and_explains_every_number_it_takes_from_elsewhere(name):
    preset = PRESETS[name]
    document = preset.policy().document()

    assert {number: document[number] for number in preset.changes} == dict(preset.changes)
    assert document["scores"] == DEFAULT.document()["scores"] | {
        name: number for name, (number, _said) in preset.scored.items()
    }
    if preset.origin:
        assert set(preset.said) == set(preset.changes)
        assert preset.beyond
