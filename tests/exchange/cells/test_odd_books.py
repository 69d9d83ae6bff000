"""Odd but honest workbooks, as other programs and other hands make them: read as a person sees."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from books import (
    BOOK,
    DUE,
    REMARK,
    STEP_DONE,
    day,
    part,
    raw,
    shown,
)  # fmt: skip
from handmade import register
from sheets import read, reread, short

from issues.exchange.looks.shown import HIDDEN
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet_limits import Scanned

MONTH, LAST = day(date(2025, 12, 1)), date(2025, 12, 31)
MONTHS = {
    "Chinese": 'yyyy"年"m"月"', "with a text part": 'yyyy"年"m"月";@', "dashes": "yyyy-mm",
    "locale": '[$-804]yyyy"年"m"月";@', "figures in words": '[DBNum1][$-804]yyyy"年"m"月"',
    "LibreOffice": "YYYY\\-MM", "the era's year": 'e"年"m"月"', "English": "mmm-yy", "17": 17,
    "27": 27, "36": 36, "50": 50, "52": 52, "55": 55, "57": 57, "no year": 'm"月"',
}  # fmt: skip
DAYS = {
    "weekday": "yyyy/m/d aaaa", "long": "[$-F800]dddd, mmmm dd, yyyy", "31": 31, "14": 14,
    "time": "yyyy-mm-dd hh:mm",
}  # fmt: skip


def one(content):
    """The ticket and the notices by cell of a workbook that has no error."""
    understood = read(content)
    assert [(error.cell, error.sentence) for error in understood.errors] == []
    (item,) = understood.items
    return item, {notice.cell: notice.sentence for notice in understood.notices}


@pytest.mark.parametrize("code", MONTHS.values(), ids=MONTHS)
def test_a_day_shown_as_a_month_is_its_last_day_and_told(code):
    item, told = one(shown(MONTH, code))

    assert (item.deadline.on, item.deadline.text) == (LAST, "2025年12月")
    assert "存的是2025年12月1日" in told[DUE]
    assert told[DUE].endswith("时限为2025年12月31日")


def test_the_day_behind_a_month_does_not_matter():
    assert one(shown(day(date(2025, 12, 17)), "yyyy-mm"))[0].deadline.on == LAST


def test_a_day_shown_as_a_year_is_the_end_of_the_year():
    item, told = one(shown(day(date(2025, 6, 1)), 'yyyy"年"'))

    assert (item.deadline.on, item.deadline.text) == (LAST, "2025年底")
    assert "只显示年份" in told[DUE]


@pytest.mark.parametrize("code", DAYS.values(), ids=DAYS)
def test_a_day_shown_whole_is_that_day_whatever_else_is_shown(code):
    item, told = one(shown(MONTH + 0.75, code))

    assert (item.deadline.on, told) == (date(2025, 12, 1), {})


@pytest.mark.parametrize("code", ['m"月"d"日"', "h:mm", "aaaa", 28, 16])
def test_a_day_whose_year_is_not_shown_is_the_one_kept_and_told(code):
    item, told = one(shown(MONTH, code))

    assert item.deadline.on == date(2025, 12, 1)
    assert "按存的2025年12月1日读取" in told[DUE]


def test_days_may_be_counted_from_1904_or_stand_as_words_of_a_machine():
    counted = part(register(), BOOK).replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    since = day(date(2025, 12, 5), date(1904, 1, 1))
    of_1904 = raw(
        {DUE: ('s="1"', f"<v>{since}</v>")}, formats=["yyyy-mm-dd"], parts={BOOK: counted}
    )
    as_words = raw({DUE: ('t="d"', "<v>2025-12-05T00:00:00</v>")})

    assert one(of_1904)[0].deadline.on == one(as_words)[0].deadline.on == date(2025, 12, 5)


def test_a_measure_may_begin_in_a_month():
    def month(_, sheet):
        sheet["U5"] = datetime(2025, 5, 1)  # noqa: DTZ001 - a day of a sheet
        sheet["U5"].number_format = 'yyyy"年"m"月"'

    ledger = reread(short(), edit=month)

    assert ledger.errors == ()
    assert ledger.items[0].measures[0].start == date(2025, 5, 1)
    assert any(one.cell == "U5" and "启动时间为" in one.sentence for one in ledger.notices)


def figures(changes, formats):
    """The first measure of the short ledger with other figures."""

    def styled(_, sheet):
        for address, code in formats.items():
            sheet[address].number_format = code

    ledger = reread(short(), changes, styled)
    assert [(error.cell, error.sentence) for error in ledger.errors] == []
    told = {notice.cell: notice.sentence for notice in ledger.notices}
    return ledger.items[0].measures[0], told


@pytest.mark.parametrize(
    ("changes", "formats", "target", "confirmed", "unit"),
    [
        ({"W5": 1, "X5": 0.85, "Y5": None}, {"W5": "0%", "X5": "0.0%"}, "100", "85", "%"),
        ({"W5": 100, "X5": 0.85, "Y5": "％"}, {"X5": "0%"}, "100", "85", "％"),
        ({"W5": "100%", "X5": "８５％", "Y5": None}, {}, "100", "85", "%"),
        ({"W5": 12, "X5": 3, "Y5": None}, {"W5": '0"座"', "X5": 'G/通用格式"座"'}, "12", "3", "座"),
        ({"W5": 12, "X5": 3, "Y5": "座"}, {"W5": '#,##0"座"'}, "12", "3", "座"),
        ({"W5": "1,200", "X5": "１２０．５"}, {}, "1200", "120.5", "公里"),
        ({"W5": 12000, "X5": 7}, {"W5": "#,##0.00", "X5": "000"}, "12000", "7", "公里"),
        ({"W5": 2.4, "X5": 0.1 + 0.2}, {"X5": "0.0"}, "2.4", "0.3", "公里"),
    ],
    ids=["percents", "one percent", "typed", "units", "unit twice", "thousands", "zeros", "noise"],
)
def test_a_figure_is_what_a_person_reads(changes, formats, target, confirmed, unit):
    measure, told = figures(changes, formats)

    assert (measure.target, measure.confirmed) == (Decimal(target), Decimal(confirmed))
    assert measure.unit_of_target == unit
    assert not {"W5", "X5"} & told.keys()


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        (1.26, "0.0", "这一格显示为1.3，按存的1.26读取，请核对"),
        (1.26, "# ?/?", "这一格以分数显示，按存的1.26读取，请核对"),
        (1.26, ";;;", "这一格的内容被数字格式隐藏，表中看不见，已按存的内容读取，请核对"),
        (1.2345, "0.00E+00", "这一格显示为1.23，按存的1.2345读取，请核对"),
    ],
)
def test_digits_that_are_not_shown_count_and_are_told(value, code, sentence):
    measure, told = figures({"X5": value}, {"X5": code})

    assert (measure.confirmed, told["X5"]) == (Decimal(str(value)), sentence)


def test_a_target_of_nought_that_nobody_sees_is_none():
    measure, told = figures({"W5": 0, "X5": None, "Y5": None}, {"W5": "0;-0;;@"})

    assert measure.target is None
    assert told["W5"] == HIDDEN


TEXTS = {
    "leading zeros": (('t="inlineStr"', "<is><t>007</t></is>"), (), "007"),
    "zeros of the format": (('s="1"', "<v>7</v>"), ["000"], "007"),
    "percent": (('s="1"', "<v>0.8523</v>"), ["0.00%"], "85.23%"),
    "words of the format": (('s="1"', "<v>3</v>"), ['"第"0"项"'], "第3项"),
    "thousands": (('s="1"', "<v>12345</v>"), ["#,##0"], "12345"),
    "money": (('s="1"', "<v>5000</v>"), ["[$¥-804]#,##0.00"], "¥5000"),
    "month": (('s="1"', f"<v>{MONTH}</v>"), ["yyyy-mm"], "2025年12月"),
    "time": (('s="1"', "<v>0.5</v>"), ["h:mm"], "12:00:00"),
    "formula": (('t="str"', "<f>A1</f><v>已整改</v>"), (), "已整改"),
    "formula of a number": ("<f>1+1</f><v>2</v>", (), "2"),
    "rich": (
        ('t="inlineStr"', "<is><r><rPr><b/></rPr><t>已</t></r><r><t>整改</t></r></is>"), (),
        "已整改",
    ),
    "phonetic": (
        ('t="inlineStr"', '<is><t>整改</t><rPh sb="0" eb="2"><t>zheng</t></rPh></is>'), (),
        "整改",
    ),
    "lines": (('t="inlineStr"', "<is><t>一\r\n二&#10;三</t></is>"), (), "一\n二\n三"),
    "15 digits": (('s="1"', "<v>123456789012345</v>"), ["0"], "123456789012345"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "formats", "text"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_what_a_person_reads(cell, formats, text):
    item, _ = one(raw({REMARK: cell}, formats=formats))

    assert item.texts["remark"] == text


@pytest.mark.parametrize(
    ("attributes", "inner", "code"),
    [('t="b"', "<v>0</v>", "0"), ('s="1"', "<v>0</v>", '"是";;"否"'),
     ('s="1"', "<v>2</v>", '[=1]"是";[=2]"否";General')],
)  # fmt: skip
def test_yes_and_no_may_be_a_truth_or_shown_by_a_format(attributes, inner, code):
    item, _ = one(raw({STEP_DONE: (attributes, inner)}, formats=[code]))

    assert [measure.done for measure in item.measures] == [False]


def prefixed(xml):
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=", 1)


def placeless(xml):
    """Every cell of a row one behind the other, the empty ones too, none with its address."""

    def row(match):
        cells = dict(re.findall(r'(<c r="([A-Z]+)\d+".*?(?:/>|</c>))', match[0], flags=re.DOTALL))
        of = {letters: cell for cell, letters in cells.items()}
        return f"<row>{''.join(of.get(letters, '<c/>') for letters in 'ABCDEFGHIJKLMNOPQRS')}</row>"

    whole = re.sub(r"<row .*?</row>", row, xml, flags=re.DOTALL)
    return re.sub(r'<c r="[A-Z]*\d+"', "<c", whole)


def to_the_bottom(xml):
    below = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>'
        for row in range(30_000, 60_000)
    )
    return xml.replace("</sheetData>", f'{below}<row r="1048576" s="1"/></sheetData>')


def merged_wide(xml):
    ranges = '<mergeCell ref="A7:XFD1048576"/><mergeCell ref="U1:XFD4"/>'
    return xml.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")


WRITTEN = {
    "names with a prefix": {"sheet": prefixed}, "cells that do not say where": {"sheet": placeless},
    "rows formatted to the last": {"sheet": to_the_bottom},
    "merged to the end": {"sheet": merged_wide},
    "a comment": {"sheet": lambda xml: xml.replace("<sheetData>", "<!-- a --><sheetData>")},
    "blanks far away": {
        "cells": {
            "XFD1048576": ('t="inlineStr"', "<is><t> \u200b</t></is>"),
            "C30000": ('t="str"', "<f>IF(B1,1,&quot;&quot;)</f><v></v>"),
            "XFD5": ('t="inlineStr"', "<is><t>\u3000</t></is>"),
        }
    },
}  # fmt: skip


@pytest.mark.parametrize("how", WRITTEN.values(), ids=WRITTEN)
def test_how_it_is_written_changes_nothing(how):
    plain = read(register())

    other = read(raw(how.get("cells", {}), sheet=how.get("sheet", str)))

    assert (other.items, other.errors, other.notices) == (plain.items, (), plain.notices)


def test_a_blank_far_away_is_not_kept_room_for(monkeypatch):
    """Controls: a sheet is refused where such a blank is left in it, or a text stands there."""
    far = raw({"C20000": ('t="inlineStr"', "<is><t> </t></is>")})
    text = raw({"C20001": ('t="inlineStr"', "<is><t>一</t></is>")})
    monkeypatch.setattr("issues.exchange.workbook.sheet.MOST_AREA", 5 * 19)

    assert read(far).errors == ()
    with pytest.raises(UnreadableWorkbook, match="工作表超过20000行"):
        read(text)
    monkeypatch.setattr(Scanned, "spans", lambda _: [])
    with pytest.raises(UnreadableWorkbook, match="相距过远"):
        read(far)
