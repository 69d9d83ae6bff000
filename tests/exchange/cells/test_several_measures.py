"""Several measures in one cell: each is one of its own, with its own unit and deadline."""

from datetime import date

import pytest
from books import DUE, NUMBERED, STEP, STEP_DUE, edited
from hypothesis import given, settings, strategies as st
from sheets import CODES, PROFILE, findings, read, reread, short

from issues.exchange.parts.numbering import lines_of, parts_of
from issues.exchange.parts.own_words import day_among, day_in_bracket, day_in_words
from issues.exchange.parts.several import IN_DOUBT
from issues.rules.policy import Policy

JUNE, OCTOBER, AUGUST = date(2025, 6, 30), date(2025, 10, 31), date(2025, 8, 31)
WATER, COUNTY = CODES["市水利局"], CODES["巴州区"]
TWO = ["封堵排口", "建设管网"]


def steps(words, days="2025年8月底前", number=None):
    def put(sheet):
        sheet[STEP], sheet[STEP_DUE], sheet[NUMBERED] = words, days, number

    understood = read(edited(put))
    assert [(error.cell, error.sentence) for error in understood.errors] == []
    told = [notice.sentence for notice in understood.notices if notice.cell == STEP]
    return understood.items[0].measures, told


@pytest.mark.parametrize(
    "words",
    [
        "1.封堵排口；2.建设管网", "1、封堵排口\n2、建设管网", "1．封堵排口 2．建设管网",
        "(1)封堵排口；(2)建设管网", "（1）封堵排口（2）建设管网", "1）封堵排口；2）建设管网",
        "①封堵排口②建设管网", "一、封堵排口；二、建设管网", "（一）封堵排口\n（二）建设管网",
    ],
)  # fmt: skip
def test_each_number_is_a_measure(words):
    measures, told = steps(words)

    assert [(one.no, one.text, one.original) for one in measures] == [
        (no, text, text) for no, text in enumerate(TWO, start=1)
    ]
    assert {one.deadline.on for one in measures} == {AUGUST}
    assert told == ["这一格写了2项措施，已拆成2项，原编号不再保留"]


def test_each_has_the_unit_and_the_deadline_it_names():
    measures, _ = steps(
        "1.封堵排口（责任单位：巴州区，2025年6月底前）；"
        "2.建设管网（责任单位：市水利局、市住房城乡建设局；完成时限：2025年10月31日前）。"
    )

    assert [(one.text, one.unit, one.deadline.on) for one in measures] == [
        ("封堵排口", COUNTY, JUNE), ("建设管网", WATER, OCTOBER),
    ]  # fmt: skip
    assert measures[1].other_units == (CODES["市住房城乡建设局"],)
    assert measures[0].original == "封堵排口（责任单位：巴州区，2025年6月底前）"


@pytest.mark.parametrize(
    "days",
    ["1.2025年6月底；2.2025年10月底前", "①2025年6月30日②2025年10月31日", "2025.6.30\n2025.10.31"],
)
def test_deadlines_numbered_alike_are_paired(days):
    measures, _ = steps("一、封堵排口；二、建设管网", days)

    assert [one.deadline.on for one in measures] == [JUNE, OCTOBER]


def test_a_deadline_in_the_first_or_last_words_is_its_own():
    measures, _ = steps("1.2025年6月底前封堵排口；2.建设管网，2025年10月底前完成；3.验收")

    assert [one.deadline.on for one in measures] == [JUNE, OCTOBER, AUGUST]
    assert measures[0].text == "2025年6月底前封堵排口"


def test_what_stands_outside_the_numbers_is_kept():
    measures, _ = steps("加快整改。1.封堵排口；2.建设管网\n以上由市局督导")

    assert [one.text for one in measures] == ["加快整改。封堵排口", "建设管网\n以上由市局督导"]


def test_a_list_of_places_is_no_list_of_measures():
    places, told = steps("整治以下点位：1.甲村；2.乙村")
    measures, _ = steps("具体措施：1.封堵排口；2.建设管网")

    assert [one.text for one in places] == ["整治以下点位：1.甲村；2.乙村"]
    assert told == [IN_DOUBT]
    assert [one.text for one in measures] == ["具体措施：封堵排口", "建设管网"]


def test_a_deadline_beside_other_words_in_a_bracket_is_its_own():
    measures, _ = steps("1.封堵排口（牵头单位：市水利局，2025年6月底前）；2.建设管网")

    assert [one.deadline.on for one in measures] == [JUNE, AUGUST]
    assert measures[0].text == "封堵排口（牵头单位：市水利局，2025年6月底前）"


def test_only_the_outer_numbers_count():
    measures, _ = steps("一、封堵：1.查；2.堵；二、建网")

    assert [one.text for one in measures] == ["封堵：1.查；2.堵", "建网"]


def test_lines_and_brackets_part_measures_where_each_says_more():
    by_lines, _ = steps("封堵排口\n建设管网", "2025年6月底前\n2025年10月底前")
    by_brackets, _ = steps("封堵排口（2025年6月底前）；建设管网（责任单位：市水利局）")

    assert [(one.text, one.deadline.on) for one in by_lines] == [
        ("封堵排口", JUNE), ("建设管网", OCTOBER),
    ]  # fmt: skip
    assert [(one.unit, one.deadline.on) for one in by_brackets] == [(COUNTY, JUNE), (WATER, AUGUST)]


@pytest.mark.parametrize(
    "words", ["封堵排口，共计2.4公里", "3.封堵排口", "封堵排口\n修复路面", "按（一）类标准整治"]
)
def test_one_measure_stays_one_and_nothing_is_told(words):
    measures, told = steps(words)

    assert ([one.text for one in measures], told) == ([words], [])


def test_a_row_of_our_own_register_is_one_measure_whatever_it_says():
    measures, told = steps("1.封堵排口；2.建设管网", number="BZ-AF-2025-901")

    assert ([one.text for one in measures], told) == (["1.封堵排口；2.建设管网"], [])


@pytest.mark.parametrize(("number", "told"), [("BZ-AF-2025-001", []), (None, [IN_DOUBT])])
def test_one_of_several_numbered_rows_is_one_measure(number, told):
    """Told where the sheet is not our own: T6 is the second of the ticket's rows."""
    understood = reread(short(), {"T6": "1.修复接口；2.修复塌陷点", "B5": number})

    assert understood.errors == ()
    assert understood.items[0].measures[1].text == "1.修复接口；2.修复塌陷点"
    assert [one.sentence for one in understood.notices if one.cell == "T6"] == told


def row(step, units, days):
    return ["第一项", "沟渠污水直排。", "市生态环境局", "不再直排。", days,
            step, units, None, "正抓紧推进", "已封堵。", "否", ""]  # fmt: skip


def test_ticket_and_measures_in_one_row():
    """The provincial layout: one column of deadlines, the ticket's and its measures' both."""
    headings = [
        "序号", "存在问题", "牵头单位", "整改目标", "整改时限",
        "整改措施", "责任单位", "没有", "整改阶段", "整改进度描述", "是否销号", "备注",
    ]  # fmt: skip
    content = findings(
        row("1.封堵排口；2.建设管网", "1.巴州区；2.市水利局", "1.2025年6月底；2.2025年10月底"),
        headings=headings,
    )

    understood = read(content, PROFILE)

    assert understood.errors == ()
    (item,) = understood.items
    assert [(one.text, one.unit, one.deadline.on) for one in item.measures] == [
        ("封堵排口", COUNTY, JUNE), ("建设管网", WATER, OCTOBER),
    ]  # fmt: skip
    assert (item.deadline.on, item.deadline.text) == (OCTOBER, "1.2025年6月底；2.2025年10月底")
    assert {one.progress for one in item.measures} == {"已封堵。"}
    assert "这一格分2项，问题的整改时限按最后的2025年10月31日计" in {
        one.sentence for one in understood.notices
    }


def test_a_deadline_of_several_is_told_and_the_last_counts():
    understood = read(edited(lambda sheet: sheet.__setitem__(DUE, "1.2025年9月底；2.长期坚持")))

    assert (understood.items[0].deadline.on, understood.items[0].deadline.kind.value) == (
        date(2025, 9, 30), "fixed_then_standing",
    )  # fmt: skip


MARKS = {
    "1.": lambda n: f"{n}.", "（一）": lambda n: f"（{'一二三四五六七八九'[n - 1]}）",
    "①": lambda n: chr(0x2460 + n - 1), "二、": lambda n: f"{'一二三四五六七八九'[n - 1]}、",
}  # fmt: skip
WORDS = st.text("封堵排口建管网清淤，（）AB3 ", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=9), st.sampled_from(sorted(MARKS)), WORDS)
def test_no_sign_of_a_cell_is_lost(texts, mark, lead):
    """What is cut, put together again, is the cell without its numbers and the marks between."""
    numbered = [f"{MARKS[mark](n)}{text}" for n, text in enumerate(texts, start=1)]
    cell = f"{lead}：{'；'.join(numbered)}"

    parts = parts_of(cell)

    if parts.texts:
        numbers = "".join(MARKS[mark](n) for n in range(1, 10))
        assert signs(cell, numbers) == signs(parts.lead + "".join(parts.texts), numbers)


def signs(text, numbers):
    return [sign for sign in text if sign not in f"；，、 \n{numbers}"]


@settings(max_examples=60, deadline=None)
@given(st.text("（）()责任单位：2025年6月底前，；。1.①一、A\n", max_size=60))
def test_any_words_are_cut_somehow_without_a_fault(text):
    policy = Policy.default()
    parts = parts_of(text)
    rest, day = day_in_bracket(text, policy)
    names, among = day_among(text, policy)

    assert all(parts.texts)
    assert not (parts.texts and parts.in_doubt)
    assert all(line in text for line in lines_of(text))
    assert rest == text or (day and text.startswith(rest))
    assert names == text or among
    assert isinstance(day_in_words(text, policy), str)
