"""Ledgers of other cities, matched once: every cell read, and the layout known again by itself."""

import io

import pytest
from foreign import (
    CITIES,
    DIRECTORY,
    DUST,
    FURROW,
    HEAP,
    JOINED,
    LETTERS,
    MEASURES,
    NO_UNIT,
    PLAIN,
    TWO_ROWS,
    book,
    looked_at,
    matched,
    read_once_matched,
)
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook
from sheets import COMPLAINTS, MEASURE, TODAY, UNITS, changed, findings, read, saved

from issues.exchange.matching.headings import Rows, guess
from issues.exchange.matching.looking import Asked, rows_told
from issues.exchange.matching.match import Match, faults_of
from issues.exchange.matching.recognise import UnknownHeading
from issues.exchange.matching.sample import STANDARD, sample
from issues.exchange.matching.targets import KEEP, LEAVE, TARGETS
from issues.exchange.reading.constants import (
    constants_in,
    laid_over,
    lasting,
    profile_of,
    started,
    with_constants,
    with_layout,
)
from issues.exchange.reading.profile import ProfileError
from issues.exchange.reading.understand import read_ledger
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import read_sheets
from issues.rules.policy import Policy
from issues.vocabulary import Status

NAMES = [city.name for city in CITIES]
KEPT = [profile_of(matched(city)) for city in CITIES]


def recognised(content, kept=KEPT, profile=None):
    return read_ledger(
        content, UNITS, today=TODAY, policy=Policy.default(), profile=profile, kept=kept
    )


@pytest.mark.parametrize("city", CITIES, ids=NAMES)
def test_every_cell_is_read_once_somebody_said_what_is_what(city):
    with pytest.raises(UnreadableWorkbook, match="没有找到台账的表头"):
        read(city.content)

    ledger = read_once_matched(city)

    assert (ledger.errors, ledger.missing, ledger.unread) == ((), (), ())
    assert (len(ledger.items), ledger.tickets) == (city.tickets, city.tickets)
    assert ledger.cells_total == ledger.cells_read + ledger.cells_listed > 0
    assert ledger.layout_name == f"《{city.name}》"


def test_what_each_city_says_stands_where_it_belongs():
    plain, two, none, joined, steps, letters = (
        read_once_matched(city).items
        for city in (PLAIN, TWO_ROWS, NO_UNIT, JOINED, MEASURES, LETTERS)
    )

    assert [i.problem for i in plain] == [FURROW, DUST]
    assert (plain[0].stage, plain[0].texts["remark"]) == ("正在整改", "已约谈")
    assert [i.texts["contact"] for i in two] == ["王某 主任", "李某"]
    assert (two[1].responsible_units, two[1].supporting_units) == (("511903",), ("511900-STHJ",))
    assert [i.status for i in two] == [Status.RECTIFYING, Status.CLOSED]
    assert [i.primary_unit for i in none] == [i.region for i in none] == ["511902", "511923"]
    assert joined[0].problem == f"污水直排\n{FURROW}"
    assert joined[0].place == "枣林镇\n某村三组"
    assert set(joined[0].supporting_units) == {"511900-SLJ", "511900-ZJJ"}
    assert [i.source.value for i in joined] == ["SD", "ZC"]
    assert (joined[0].extra, joined[0].sealed) == ({"内部编码": "X-9"}, {})
    assert [[m.text for m in i.measures] for i in steps] == [
        ["封堵排口。", "新建管网。"],
        ["清运垃圾。"],
    ]
    assert [i.status for i in steps] == [Status.RECTIFYING, Status.CLOSED]
    assert [i.case_number for i in letters] == ["D3SC202410280901", "X3SC202410280902"]
    assert letters[0].complaint.handling == "已整改。"


def test_a_column_left_out_is_said_and_one_that_is_kept_is_kept():
    ledger = read_once_matched(JOINED)

    said = {notice.heading: notice.sentence for notice in ledger.notices}
    assert "没有导入" in said["联系电话"]
    assert "补充信息" in said["内部编码"]


@pytest.mark.parametrize("city", CITIES, ids=NAMES)
def test_the_layout_is_known_again_by_its_headings(city):
    ledger = recognised(city.content)

    assert ledger.recognised == city.name
    assert ledger.items == read_once_matched(city).items


@given(order=st.permutations(range(6)), at=st.integers(0, 6))
@settings(max_examples=12, deadline=None)
def test_columns_may_be_moved_and_one_added(order, at):
    source = load_workbook(io.BytesIO(PLAIN.content)).active
    rows = [[source.cell(row, column).value for column in range(1, 7)] for row in range(3, 6)]
    moved = [[row[place] for place in order] for row in rows]
    for row, more in zip(moved, ("新增的一栏", "甲", "乙"), strict=True):
        row.insert(at, more)

    ledger = recognised(book(("表", moved, [])))

    assert ledger.recognised == PLAIN.name
    assert ledger.errors == ()
    assert [(i.order, i.problem, i.primary_unit, i.deadline.on, i.extra["新增的一栏"])
            for i in ledger.items] == [
        (i.order, i.problem, i.primary_unit, i.deadline.on, more)
        for i, more in zip(read_once_matched(PLAIN).items, "甲乙", strict=True)
    ]  # fmt: skip


def test_a_sheet_without_a_column_that_is_read_is_not_taken_for_it():
    lacks = changed(PLAIN.content, {"D3": "别的栏目"})

    with pytest.raises(UnknownHeading):
        recognised(lacks)
    with pytest.raises(UnknownHeading, match="没有“整改完成时间”一栏"):
        read(lacks, profile_of(matched(PLAIN)))


def test_the_product_s_own_layouts_are_read_as_ever():
    few = with_layout("", Match("几栏", {"存在问题": ("problem",), "备注": ("remark",)}), {})

    content = findings(MEASURE)

    ledger = recognised(content, [*KEPT, profile_of(few)])

    assert (ledger.recognised, ledger.layout) == ("", "findings")
    assert ledger == read(content)


def test_a_profile_of_constants_stands_beside_a_layout_that_is_recognised():
    said = profile_of('source = "AF"')

    ledger = recognised(PLAIN.content, profile=said)

    assert {i.source.value for i in ledger.items} == {"AF"}
    assert {i.acceptance_unit for i in ledger.items} == {"511900-HWB"}
    told = laid_over(matched(PLAIN), 'source = "AF"')
    assert read(PLAIN.content, profile_of(told)).items == ledger.items


def test_what_is_said_on_the_page_comes_back_to_it():
    given_back = constants_in(matched(JOINED))

    for name, value in JOINED.given.items():
        assert given_back[name] == (value if name != "by_order" else given_back[name])
    assert [line["prefix"] for line in given_back["by_order"]] == ["甲", "乙"]
    by_region = {"by_region": [{"region": "511902", "unit": "511900-SLJ", "acceptance": ""}]}
    told = with_layout(
        matched(NO_UNIT), profile_of(matched(NO_UNIT)).match, NO_UNIT.given | by_region
    )
    items = read(NO_UNIT.content, profile_of(told)).items
    assert [i.primary_unit for i in items] == ["511900-SLJ", "511923"]
    assert constants_in(told)["by_region"] == by_region["by_region"]


FIELDS = st.one_of(
    st.just((KEEP,)),
    st.just((LEAVE,)),
    st.lists(st.sampled_from(sorted(TARGETS)), min_size=1, max_size=2, unique=True).map(tuple),
)


@given(st.dictionaries(st.text("问题甲乙/#1", min_size=1, max_size=6), FIELDS, max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_layout_is_written_and_read_back_or_refused(columns):
    match = Match("某格式", columns | {"存在问题": ("problem",)}, "表", 2, 1)
    if faults_of(match.columns):
        with pytest.raises(ProfileError):
            with_layout("", match, {})
    else:
        assert profile_of(with_layout("", match, {})).match == match


@pytest.mark.parametrize(
    ("layout", "sentence"),
    [
        ("[layout]\nname = 5", "请重新下载"),
        ('[layout.columns]\n"问题" = "nothing"', "nothing"),
        ('[layout.columns]\n"问题" = "goal"', "存在问题"),
        (
            '[layout.columns]\n"甲" = "problem"\n"乙" = "deadline"\n"丙" = "deadline"',
            "只能来自一栏",
        ),
        ('[layout.columns]\n"甲" = ["problem", "keep"]', "不能同时"),
        ('[layout.columns]\n"甲" = "problem"\n"乙" = "m_done"', "具体措施"),
        ('[layout.columns]\n"甲" = "problem"\n"乙" = "verified"', "处理和整改情况"),
        ('[layout.columns]\n"甲" = "problem"\n"乙" = "handling"\n"丙" = "m_text"', "只留一类"),
        ('[layout]\nheading_rows = 9\n[layout.columns]\n"甲" = "problem"', "heading_rows"),
        ('start = "closed"', "start"),
        ('[start_rows]\n"-1" = "draft"', "start_rows"),
        ("[responsible]\nelse = 5", "应是文字"),
    ],
)  # fmt: skip
def test_a_profile_that_says_what_cannot_be_is_refused_with_what_is_wrong(layout, sentence):
    with pytest.raises(ProfileError) as refused:
        profile_of(layout)

    assert sentence in refused.value.sentence


@pytest.mark.parametrize("city", CITIES, ids=NAMES)
def test_the_empty_workbook_of_a_layout_is_read_by_it(city):
    profile = profile_of(matched(city))
    filled = load_workbook(io.BytesIO(sample(profile.match, UNITS)))
    sheet = filled.worksheets[0]
    first = 3 + profile.match.heading_rows + profile.match.rows_between
    source = looked_at(city)
    theirs = next(s for s in read_sheets(city.content) if s.name == source.sheet)
    for place, one in enumerate(source.columns, start=1):
        cell = theirs.cell(source.rows.data, one.head.column)
        sheet.cell(first, place).value = cell.text or None

    ledger = read(saved(filled), profile)

    assert ledger.errors == ()
    assert ledger.items[0].problem == read_once_matched(city).items[0].problem


def test_the_standard_empty_workbook_needs_no_matching():
    filled = load_workbook(io.BytesIO(sample(STANDARD, UNITS)))
    assert filled["选项"].sheet_state == "hidden"
    sheet = filled.worksheets[0]
    assert sheet.data_validations.dataValidation
    said = {"存在问题": HEAP, "问题来源": "自查", "整改时限": "2025年底前",
            "交办日期": "2025-03-01", "行政区域": "巴州区", "验收单位": "市环委办"}  # fmt: skip
    below = {"责任单位": "巴州区", "牵头单位": "市生态环境局", "具体措施": "清运。",
             "是否完成": "否", "是否销号": "否", "完成时限": "2025年10月底前"}  # fmt: skip
    for cells, words in ((sheet[3], said), (sheet[4], below)):
        for cell in cells:
            if cell.value in words:
                sheet.cell(5, cell.column).value = words[cell.value]

    ledger = read(saved(filled))

    assert (ledger.errors, ledger.layout) == ((), "register")
    assert ledger.items[0].problem == HEAP


def test_where_a_ticket_begins_is_said_for_the_file_or_a_row():
    told = matched(PLAIN)
    blank = changed(PLAIN.content, {"E4": None, "E5": "待交办"})

    def starts(content, text):
        return [item.starts for item in read(content, profile_of(text)).items]

    assert starts(blank, told) == [None, Status.DRAFT]
    assert starts(blank, started(told, Status.DRAFT, {})) == [Status.DRAFT, Status.DRAFT]
    by_row = started(told, Status.RECTIFYING, {4: Status.DRAFT})
    assert starts(blank, by_row) == [Status.DRAFT, Status.DRAFT]
    assert starts(PLAIN.content, started(told, Status.DRAFT, {})) == [None, None]
    assert "start_rows" not in lasting(by_row)


def test_what_is_yet_to_be_assigned_needs_no_day_of_assignment():
    told = with_layout("", profile_of(matched(PLAIN)).match, PLAIN.given | {"assigned_on": ""})
    blank = changed(PLAIN.content, {"E4": None})
    draft = started(told, Status.DRAFT, {})

    assert [e.sentence for e in read(blank, profile_of(told)).errors] == [
        "表中没有“交办日期”一栏，请补上这一栏，或在配置中给出"
    ]
    asked = read(blank, profile_of(draft))
    assert len(asked.errors) == 1, "the second one is under way, and was assigned on some day"
    both = changed(PLAIN.content, {"E4": None, "E5": None})
    ledger = read(both, profile_of(draft))
    assert (ledger.errors, [i.assigned_on for i in ledger.items]) == ((), [None, None])


def test_a_published_table_without_units_asks_who_answers_and_takes_the_county():
    beside = COMPLAINTS.with_suffix(".toml").read_text(encoding="utf-8")

    def without_units(_workbook, sheet):
        sheet["H3"] = "无此栏"
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, 8).value = None

    content = changed(COMPLAINTS, edit=without_units)
    asked = read(content, profile_of(beside))
    assert asked.missing == ("责任单位",)

    given_back = read(content, profile_of(with_constants(beside, {"responsible": "region"})))

    assert given_back.errors == ()
    assert all(item.primary_unit == item.region for item in given_back.items)


def test_the_rows_of_a_heading_are_guessed_and_may_be_said():
    assert guess(read_sheets(TWO_ROWS.content)[0]) == Rows(2, 3, 4)
    assert looked_at(JOINED).rows == Rows(1, 1, 3), "a row of the numbers of the columns is none"
    said = looked_at(PLAIN, Asked("Sheet1", Rows(4, 4, 5)))
    assert said.columns[1].called == "".join(FURROW.split())
    for wrong in ((0, 1, 2), (1, 5, 6), (3, 2, 4), (3, 3, 3), (3, 3, 9), (21, 21, 22)):
        assert rows_told(*wrong) is None
    assert rows_told(3, 3, None) == Rows(3, 3, 4)


def test_who_answers_is_read_out_of_a_cell_that_names_people_too():
    match = profile_of(matched(TWO_ROWS)).match
    wrong = changed(TWO_ROWS.content, {"E4": "王某 主任"})

    errors = read(wrong, profile_of(matched(TWO_ROWS))).errors

    assert [error.cell for error in errors] == ["E4"], "a cell that names no unit is told"
    assert match.columns["整改情况/责任单位及责任人"] == ("units", "contact")
    assert DIRECTORY.find("王某") is None
