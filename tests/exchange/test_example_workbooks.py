"""The three example workbooks: counts, statuses, messy cells, and that no cell is lost."""

from collections import Counter
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from sheets import CODES, COMPLAINTS, INSPECTION, LEDGER, understood

from issues.rules.colour import computed_colour, thresholds
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import ClaimFacts, Facts, MeasureFacts
from issues.rules.firings import firings
from issues.rules.policy import Policy
from issues.vocabulary import Colour, DeadlineKind, ProblemType, Source, Status

COUNTIES = tuple(CODES[name] for name in ("巴州区", "恩阳区", "通江县", "南江县", "平昌县"))


def ledger(number):
    return next(i for i in understood(LEDGER).items if i.number == f"BZ-AF-2025-{number:03}")


def finding(order):
    return next(item for item in understood(INSPECTION).items if item.source_ref == order)


def letter(number):
    return next(item for item in understood(COMPLAINTS).items if item.case_number == number)


@pytest.mark.parametrize(
    ("path", "layout", "tickets", "measures"),
    [
        (LEDGER, "register", 117, 417),
        (INSPECTION, "findings", 22, 69),
        (COMPLAINTS, "complaints", 39, 39),
    ],
)
def test_every_ticket_and_measure_is_read_without_an_error(path, layout, tickets, measures):
    ledger = understood(path)

    assert (ledger.layout, len(ledger.items), ledger.measure_count) == (layout, tickets, measures)
    assert ledger.tickets == tickets
    assert ledger.errors == ()
    assert ledger.filled_on == date(2025, 11, 25)
    assert ledger.unit_line == "巴中市生态环境保护委员会办公室"


@pytest.mark.parametrize(("path", "first_row"), [(LEDGER, 5), (INSPECTION, 4), (COMPLAINTS, 4)])
def test_no_cell_is_lost(path, first_row):
    sheet = openpyxl.load_workbook(path).active
    rows = sheet.iter_rows(min_row=first_row, values_only=True)
    filled = sum(value is not None for row in rows for value in row)

    ledger = understood(path)

    assert ledger.unread == ()
    assert ledger.cells_total == ledger.cells_read + ledger.cells_listed == filled
    assert ledger.cells_listed == len(ledger.notes)


def test_the_cells_of_the_ledger_are_found_again_in_the_items():
    sheet = openpyxl.load_workbook(LEDGER).active
    for item in understood(LEDGER).items:
        row = [sheet.cell(item.row, column).value for column in range(1, 33)]
        assert item.number == row[1]
        assert item.order == str(row[0])
        assert item.source_text == row[2]
        assert item.starred == (row[3] == "★")
        assert item.region_text == row[4]
        assert item.place in row[5]
        assert item.problem == row[7]
        assert item.units_text == row[9].strip()
        assert (item.texts["sponsor"], item.texts["contact"]) == (row[11], row[12])
        assert (item.texts["goal"], item.texts["criteria"]) == (row[13], row[14])
        assert item.assigned_on == row[16].date()
        assert item.stage == row[27]
        assert item.texts["remark"] == (row[31] or "")
        for measure in item.measures:
            cells = [sheet.cell(measure.row, column).value for column in range(19, 28)]
            assert (measure.no, measure.original) == (cells[0], cells[1])
            assert measure.start == cells[2].date()
            given = [None if v is None else Decimal(str(v)) for v in (cells[4], cells[5])]
            assert [measure.target, measure.confirmed] == given
            assert measure.unit_of_target == (cells[6] or "")
            assert (measure.progress, measure.done) == (cells[7], cells[8] == "是")


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        (LEDGER, {"closed": 46, "standing": 6, "first_acceptance": 5, "rectifying": 60}),
        (INSPECTION, {"closed": 4, "standing": 4, "rectifying": 14}),
        (COMPLAINTS, {"closed": 26, "rectifying": 13}),
    ],
)
def test_the_statuses_are_those_the_sheet_implies(path, statuses):
    assert Counter(item.status.value for item in understood(path).items) == statuses


def test_the_ledger_s_own_days_of_closing_are_not_marked_as_imported():
    struck_off = [item for item in understood(LEDGER).items if item.closed_on]

    assert len(struck_off) == 52
    assert not any(item.marked_import_dates for item in struck_off)
    assert ledger(3).closed_on == date(2025, 10, 21)
    assert ledger(3).claimed_on == date(2025, 9, 21)


@pytest.mark.parametrize(
    ("number", "primary", "responsible", "supporting"),
    [
        (1, "巴州区", ["巴州区"], ["市生态环境局"]),
        (2, "巴州区", ["巴州区"], ["市生态环境局", "市综合执法局"]),
    ],
)
def test_the_unit_before_the_word_lead_is_primary(number, primary, responsible, supporting):
    item = ledger(number)

    assert item.primary_unit == CODES[primary]
    assert item.responsible_units == tuple(CODES[name] for name in responsible)
    assert item.supporting_units == tuple(CODES[name] for name in supporting)


def test_no_ticket_is_accepted_by_its_primary_unit():
    for path in (LEDGER, INSPECTION, COMPLAINTS):
        for item in understood(path).items:
            assert item.acceptance_unit
            assert item.acceptance_unit != item.primary_unit
            assert item.responsible_units[0] == item.primary_unit


def test_most_measures_name_their_units_and_the_others_are_answered_for_by_the_primary_unit():
    named = 0
    for item in understood(LEDGER).items:
        for measure in item.measures:
            if measure.original == measure.text:
                assert (measure.unit, measure.other_units) == (item.primary_unit, ())
                continue
            named += 1
            names = measure.original.partition("（责任单位：")[2].rstrip("）")
            codes = [CODES[name] for name in names.split("、")]
            assert [measure.unit, *measure.other_units] == codes
            assert measure.text == measure.original.partition("（责任单位：")[0]
    assert named == 364


def test_169_measures_have_a_target():
    measures = [m for item in understood(LEDGER).items for m in item.measures]

    assert sum(measure.target is not None for measure in measures) == 169
    assert ledger(1).measures[0].target == Decimal("2.4")
    assert ledger(1).measures[0].confirmed == Decimal("2.1")


def test_every_wording_of_a_deadline_has_its_kind():
    kinds = Counter(item.deadline.kind for item in understood(LEDGER).items)

    assert kinds[DeadlineKind.IMMEDIATE] == 13
    assert kinds[DeadlineKind.IMMEDIATE_THEN_STANDING] == 4
    assert kinds[DeadlineKind.STANDING] == 2
    assert kinds[DeadlineKind.BY_MEASURES] == 3
    assert kinds[DeadlineKind.FIXED_THEN_STANDING] == 5


def test_full_width_digits_and_date_cells_are_deadlines():
    found = {item.deadline.text: item.deadline.on for item in understood(LEDGER).items}

    assert found["２０２５年６月底前"] == date(2025, 6, 30)
    assert found["２０２５年12月31日前"] == date(2025, 12, 31)
    assert found["2025.5.20前"] == date(2025, 5, 20)
    assert found["2026/6/30"] == date(2026, 6, 30)
    assert found["2026年3月31日"] == date(2026, 3, 31)


def test_a_ticket_by_measures_takes_the_day_of_the_latest():
    for item in understood(LEDGER).items:
        if item.deadline.kind is DeadlineKind.BY_MEASURES:
            assert item.deadline.on == max(m.deadline.on for m in item.measures if m.deadline.on)


def test_coordinates_leave_the_place():
    assert (ledger(1).place, ledger(1).lon, ledger(1).lat) == ("枣林镇场镇污水处理站", 106.72, 31.8)
    assert (ledger(2).lon, ledger(2).lat) == (None, None)


def test_types_are_several_whatever_joins_them():
    types = {item.types for item in understood(LEDGER).items}

    assert (ProblemType.WATER, ProblemType.SOIL, ProblemType.ECOLOGY) in types
    assert (ProblemType.AIR, ProblemType.WATER, ProblemType.WASTE) in types


def test_a_zone_lies_in_its_county():
    zones = [i for i in understood(LEDGER).items if i.region_text in {"巴中经开区", "文旅示范区"}]

    assert len(zones) == 11
    assert {item.region for item in zones} == {"511902"}


def test_the_colours_of_the_ledger_on_its_day():
    day, policy = date(2025, 11, 25), Policy.default()
    coloured = Counter()
    by_colour = {Colour.YELLOW: [], Colour.RED: []}
    for item in understood(LEDGER).items:
        compiled = firings(facts_of(item, day), policy, Workdays())
        colour = computed_colour(Row(item.status, *thresholds(compiled)), day)
        coloured[colour] += 1
        if colour in by_colour:
            by_colour[colour].append(item.number[-3:])

    assert coloured == {Colour.GREY: 46, Colour.GREEN: 62, Colour.YELLOW: 6, Colour.RED: 3}
    assert by_colour[Colour.YELLOW] == ["029", "047", "079", "119", "126", "129"]
    assert by_colour[Colour.RED] == ["042", "057", "097"]


class Row:
    card = ""

    def __init__(self, status, yellow_from, red_from):
        self.status, self.yellow_from, self.red_from = status, yellow_from, red_from


def facts_of(item, reporting_from):
    open_claim = item.status is Status.FIRST_ACCEPTANCE
    return Facts(
        source=item.source,
        status=item.status,
        kind=item.deadline.kind,
        assigned=item.assigned_on,
        due=item.deadline.on,
        measures=tuple(
            MeasureFacts(
                no=m.no,
                start=m.start,
                deadline=m.deadline.on,
                target=m.target,
                unit_of_target=m.unit_of_target,
                confirmed=m.confirmed,
                done=m.done,
            )
            for m in item.measures
        ),
        claims=(ClaimFacts(item.claimed_on),) if open_claim else (),
        reporting_from=reporting_from,
    )


def test_findings_take_their_source_from_the_profile():
    sources = Counter(item.source for item in understood(INSPECTION).items)

    assert sources == {Source.YD: 13, Source.SD: 9}


@pytest.mark.parametrize(
    ("order", "assigned"),
    [
        ("省整改任务第四十九项", date(2022, 7, 1)),
        ("省督二轮反馈第四项", date(2020, 1, 1)),
        ("省督三轮反馈第二项", date(2025, 1, 15)),
        ("第三轮反馈第六项", date(2025, 1, 15)),
    ],
)
def test_findings_are_assigned_on_the_profile_s_day(order, assigned):
    assert finding(order).assigned_on == assigned


def test_for_every_county_alone_the_lead_unit_is_primary_and_the_counties_are_responsible():
    item = finding("省整改任务第二十项")

    assert item.primary_unit == item.lead_unit == CODES["市自然资源和规划局"]
    assert set(COUNTIES) <= set(item.responsible_units)
    assert item.acceptance_unit == CODES["市环委办"]
    assert item.measures[0].unit == CODES["市自然资源和规划局"]
    assert item.measures[0].other_units == COUNTIES


@pytest.mark.parametrize(
    ("order", "region"),
    [
        ("省整改任务第二十七项", "511902"),
        ("省整改任务第三十八项", "511921"),
        ("省督三轮反馈第二十二项", "511922"),
        ("省督三轮反馈第二项", "511900"),
    ],
)
def test_a_finding_lies_in_the_first_county_named_else_in_the_city(order, region):
    assert finding(order).region == region


def test_a_finding_with_every_measure_done_is_closed_on_the_day_of_import():
    item = finding("省整改任务第十四项")

    assert (item.status, item.closed_on) == (Status.CLOSED, date(2025, 11, 25))
    assert item.marked_import_dates


def test_the_ticket_and_the_measure_have_each_their_own_deadline():
    item = finding("省整改任务第十四项")

    assert item.deadline.on == date(2023, 12, 31)
    assert [m.deadline.on for m in item.measures] == [
        date(2022, 12, 31), date(2023, 12, 31), date(2023, 6, 30),
    ]  # fmt: skip


def test_complaints_are_counted_from_the_assignment():
    done, interim = letter("D3SC202410210054"), letter("D3SC202410240007")

    assert (done.deadline.on, done.closed_on) == (date(2024, 10, 31), date(2024, 10, 31))
    assert done.marked_import_dates
    assert (interim.deadline.on, interim.closed_on) == (date(2025, 1, 22), None)
    assert (interim.interim, done.interim) == (True, False)
    assert sum(item.interim for item in understood(COMPLAINTS).items) == 10


def test_the_star_is_no_part_of_the_number():
    starred = [item for item in understood(COMPLAINTS).items if item.starred]

    assert len(starred) == 5
    assert letter("X3SC202411130077").starred
    assert letter("X3SC202411130077").primary_unit == CODES["市生态环境局"]


def test_the_complaint_s_own_columns():
    complaint = letter("D3SC202410240007").complaint

    assert (complaint.verified, complaint.outcome) == ("部分属实", "阶段性办结")
    assert (complaint.ordered, complaint.penalised, complaint.fine) == (1, 1, Decimal("3.2"))
    assert complaint.summoned is None
    verdicts = Counter(i.complaint.verified for i in understood(COMPLAINTS).items)
    assert verdicts == {"属实": 20, "部分属实": 16, "不属实": 3}


def test_the_one_measure_of_a_complaint_is_what_was_done():
    item = letter("D3SC202410210054")

    assert [m.text for m in item.measures] == [item.complaint.handling]
    assert item.measures[0].done
    assert not letter("D3SC202410240007").measures[0].done
