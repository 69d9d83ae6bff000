"""Broken and hostile workbooks: each is refused, in error or told at its cell; none is silent."""

import io
from dataclasses import replace
from datetime import date

import pytest
from books import (
    ASSIGNED,
    BOOK,
    DUE,
    PROBLEM,
    REMARK,
    SHEET,
    STEP,
    STEP_DONE,
    STEP_DUE,
    STYLES,
    anchor,
    day,
    drawn,
    edited,
    part,
    picture,
    raw,
    shown,
)  # fmt: skip
from handmade import register
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from samples import png
from sheets import changed, read, repacked, reread, short

from issues.exchange.uploads import refuse_marked
from issues.exchange.workbook import merged, sheet_limits, thinning
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.places import COMMENTER
from issues.ground.secrecy.marking import Marked

NO_DAY = "日期格式的单元格里存的不是日历上的日子"
LOST = "这个数以科学计数法显示，后面的位数可能已经丢失"
NO_RESULT = "公式没有计算结果"
WPS = '_xlfn.DISPIMG("ID_1A",1)'
UPLOAD = "没有导入，请在事项页作为佐证上传"
NAMED = (
    '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    '<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_1A" descr="整改前"/>'
    "</xdr:nvPicPr></xdr:pic></etc:cellImage></etc:cellImages>"
)


def text(words):
    return 't="inlineStr"', f"<is><t>{words}</t></is>"


def steps(words, days="2025年8月底前"):
    return edited(lambda sheet: (sheet.__setitem__(STEP, words), sheet.__setitem__(STEP_DUE, days)))


def formatted(changes, formats):
    def styled(_, sheet):
        for address, code in formats.items():
            sheet[address].number_format = code

    return changed(short(), changes, styled)


IN_ERROR = {
    "a day before all days": (lambda: shown(-5, "yyyy-mm-dd"), DUE, NO_DAY),
    "the day nought": (lambda: shown(0, "yyyy-mm-dd"), DUE, NO_DAY),
    "the leap day of 1900": (lambda: shown(60, "yyyy-mm-dd"), DUE, NO_DAY),
    "a day of 1900": (
        lambda: shown(59, "yyyy-mm-dd"), DUE, "“1900-02-28”的年份应在1990年至2099年之间",
    ),
    "a day after all days": (lambda: shown(10**9, 'yyyy"年"m"月"'), DUE, NO_DAY),
    "no number": (lambda: shown("1e999", "yyyy-mm-dd"), DUE, "长数字"),
    "a time as a deadline": (lambda: shown(0.5, "h:mm"), DUE, "认不出时限“12:00:00”"),
    "a length of time": (lambda: shown(1.5, "[h]:mm"), DUE, "认不出时限“36:00:00”"),
    "a number as a deadline": (lambda: shown(45992, "General"), DUE, "“45992”不是日期"),
    "a percent as a deadline": (lambda: shown(0.5, "0%"), DUE, "“50%”不是日期"),
    "a truth as a deadline": (lambda: raw({DUE: ('t="b"', "<v>1</v>")}), DUE, "“是”不是日期"),
    "a month as a day": (
        lambda: shown(day(date(2025, 4, 1)), "yyyy-mm", ASSIGNED), ASSIGNED,
        "这一格只显示“2025年4月”，请写明是哪一日",
    ),
    "no day of a machine": (lambda: raw({DUE: ('t="d"', "<v>2025-13-45</v>")}), DUE, NO_DAY),
    "a power of ten": (lambda: shown("1.23E+14", "0.00E+00", REMARK), REMARK, LOST),
    "a power of ten in words": (lambda: raw({REMARK: text("1.23E+14")}), REMARK, LOST),
    "16 digits": (lambda: shown(1234567890123456, "0", REMARK), REMARK, "长数字在表格中只保留15位"),
    "a broken reference": (
        lambda: raw({PROBLEM: ('t="e"', "<f>A1</f><v>#REF!</v>")}), PROBLEM,
        "单元格公式出错（#REF!）",
    ),
    "not there": (
        lambda: raw({REMARK: ('t="e"', "<v>#N/A</v>")}), REMARK, "单元格公式出错（#N/A）",
    ),
    "never worked out": (lambda: raw({REMARK: "<f>A1</f>"}), REMARK, NO_RESULT),
    "left to be worked out": (lambda: raw({REMARK: "<f>A1</f><v>0</v>"}), REMARK, NO_RESULT),
    "a picture as the problem": (
        lambda: raw({PROBLEM: f"<f>{WPS}</f><v></v>"}), PROBLEM, "没有填写存在问题",
    ),
    "a size shown smaller": (
        lambda: formatted({"X5": 12000}, {"X5": '0!.0,"万"'}), "X5",
        "这一格的数字格式把数缩小了显示",
    ),
    "two units": (
        lambda: formatted({}, {"W5": '0.0"座"'}), "W5",
        "这一格的数带有单位“座”，与单位“公里”不一致",
    ),
    "a percent of kilometres": (
        lambda: formatted({"X5": 0.5}, {"X5": "0%"}), "X5",
        "这一格的数带有单位“%”，与单位“公里”不一致",
    ),
    "below nought without its sign": (
        lambda: formatted({"X5": -2}, {"X5": "0;0"}), "X5", "应是不小于0的数字",
    ),
    "more deadlines than measures": (
        lambda: steps("1.封堵；2.建网", "1.2025年6月底；2.2025年7月底；3.2025年8月底"), STEP_DUE,
        "这一格分为3项，措施是2项",
    ),
    "a part no deadline": (
        lambda: steps("1.封堵；2.建网", "1.2025年6月底；2.尽快"), STEP_DUE, "认不出时限“尽快”",
    ),
    "a part too late": (
        lambda: steps("1.封堵（2026年6月底前）；2.建网"), STEP,
        "措施时限2026年6月30日晚于问题的整改时限",
    ),
    "a part of nobody": (
        lambda: steps("1.封堵（责任单位：某某公司）；2.建网"), STEP, "没有名为“某某公司”的单位",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("build", "cell", "sentence"), IN_ERROR.values(), ids=IN_ERROR)
def test_what_cannot_be_taken_is_in_error_at_its_cell(build, cell, sentence):
    errors = [(error.cell, error.sentence) for error in read(build()).errors]

    assert {address for address, _ in errors} == {cell}
    assert any(told.startswith(sentence) for _, told in errors)


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
REFUSED = {
    "a text far below": (lambda: raw({"C30000": text("一")}), "工作表超过20000行"),
    "a text far to the right": (lambda: raw({"XFD5": text("一")}), "工作表超过20000行或200列"),
    "a picture from the net": (
        lambda: raw({REMARK: '<f>_xlfn.IMAGE("http://a")</f>'}), "公式会自行连接外部",
    ),
    "a declared entity in a drawing": (
        lambda: repacked(
            drawn(""), {"xl/drawings/drawing1.xml": f"{DOCTYPE}<x>&a;</x>".encode()}
        ),
        "实体声明",
    ),
    "an entity before the sheet": (
        lambda: raw({}, sheet=lambda xml: f"{DOCTYPE}{xml}"), "实体声明",
    ),
    "a shared text that is not there": (
        lambda: raw({REMARK: ('t="s"', "<v>99999</v>")}), "文件已损坏",
    ),
    "an address that is none": (
        lambda: raw({}, sheet=lambda xml: xml.replace('r="A5"', 'r="5A"')), "文件已损坏",
    ),
    "a drawing that ends early": (
        lambda: repacked(drawn(""), {"xl/drawings/drawing1.xml": b"<xdr:wsDr"}), "文件已损坏",
    ),
    "styles that end early": (lambda: raw({}, parts={STYLES: "<styleSheet>"}), "文件已损坏"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_sound_workbook_is_refused(build, sentence):
    with pytest.raises(UnreadableWorkbook, match=sentence):
        read(build())


def test_blanks_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_limits, "MOST_CELLS", 100)
    blank = '<c t="str"><f>A</f></c>'

    def blanks(count):
        row = f'<row r="6">{blank * count}</row></sheetData>'
        return raw({}, sheet=lambda xml: xml.replace("</sheetData>", row))

    assert read(blanks(20)).errors == ()
    with pytest.raises(UnreadableWorkbook, match="工作表内容过多"):
        read(blanks(101))


def test_wide_ranges_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(merged, "LARGEST", 1)
    monkeypatch.setattr(merged, "MOST_WIDE", 2)
    ranges = "".join(f'<mergeCell ref="A{row}:S{row}"/>' for row in (1, 2, 3))

    def wide(xml):
        return xml.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")

    with pytest.raises(UnreadableWorkbook, match="合并单元格过多"):
        read(raw({}, sheet=wide))


TOLD = {
    "WPS's picture": (
        lambda: raw({REMARK: ('t="str"', f'<f>{WPS}</f><v>={WPS.removeprefix("_xlfn.")}</v>')}),
        REMARK,
        f"这一格是WPS嵌入单元格的图片，{UPLOAD}",
    ),
    "WPS's picture with a name": (
        lambda: raw({REMARK: ('t="str"',
        f"<f>{WPS}</f><v>a</v>")}, parts={"xl/cellimages.xml": NAMED}),
        REMARK, f"这一格是WPS嵌入单元格的图片“整改前”，{UPLOAD}",
    ),
    "WPS's picture, broken by Excel": (
        lambda: raw({REMARK: ('t="e"', f"<f>{WPS}</f><v>#NAME?</v>")}), REMARK,
        f"这一格是WPS嵌入单元格的图片，{UPLOAD}",
    ),
    "WPS's picture as a text": (
        lambda: raw({REMARK: text('=DISPIMG("ID_1A",1)')}), REMARK,
        f"这一格是WPS嵌入单元格的图片，{UPLOAD}",
    ),
    "Excel's picture in a cell": (
        lambda: raw({REMARK: ('t="e" vm="1"', "<v>#VALUE!</v>")}), REMARK,
        f"这一格是Excel放置在单元格中的图片，{UPLOAD}",
    ),
    "a picture over a cell": (
        lambda: drawn(anchor(4, 5, picture("现场照片"))), PROBLEM,
        f"这里浮着图片“现场照片”，{UPLOAD}",
    ),
    "several pictures together": (
        lambda: drawn(anchor(4, 5, f"<xdr:grpSp>{picture('前')}{picture('后')}</xdr:grpSp>")),
        PROBLEM,
        f"这里浮着2张图片“前”，{UPLOAD}",
    ),
    "words over a cell": (
        lambda: drawn(anchor(4, 5, "<xdr:sp><xdr:txBody><a:p><a:r><a:t>月底补报</a:t></a:r></a:p>"
                           "</xdr:txBody></xdr:sp>")),
        PROBLEM, "文本框里的文字“月底补报”没有导入，请填入单元格",
    ),
    "a comment": (
        lambda: edited(lambda sheet: setattr(sheet[PROBLEM], "comment", Comment("请王局核实",
        "李某"))),
        PROBLEM, "批注“请王局核实”没有导入，需要保留的请填入单元格",
    ),
    "a text nobody sees": (
        lambda: raw({REMARK: ('t="inlineStr" s="1"', "<is><t>别看</t></is>")}, formats=[";;;"]),
        REMARK,
        "这一格的内容被数字格式隐藏",
    ),
    "a long number": (
        lambda: shown(123456789012345, "General", REMARK), REMARK,
        "这一格以科学计数法显示，按存的123456789012345读取，请与原件核对",
    ),
    "words instead of a number": (
        lambda: raw({STEP_DONE: ('s="1"', "<v>0</v>")}, formats=['"是";;"否"']), STEP_DONE,
        "这一格显示为“否”，存的是0，文字按显示的读取",
    ),
    "numbers with a gap": (lambda: steps("1.封堵；3.建网"), STEP, "这一格像是写了几项措施"),
    "numbers that begin anew": (
        lambda: steps("1.封堵；2.建网；1.验收"), STEP, "这一格像是写了几项措施",
    ),
    "one is, two is": (lambda: steps("一是封堵；二是建网"), STEP, "这一格像是写了几项措施"),
    "some lines say who": (
        lambda: steps("封堵（责任单位：巴州区）\n建网（责任单位：市水利局）\n其余"), STEP,
        "这一格像是写了几项措施",
    ),
    "another deadline in the words": (
        lambda: steps("封堵排口（2025年6月底前）"), STEP_DUE,
        "措施中写的时限是“2025年6月底前”，按本栏导入，请核对",
    ),
    "several measures with one figure": (
        lambda: changed(short(7), {"T5": "1.更换破损主管；2.完成内窥检测", "S5": None, "B5": None}),
        "T5",
        "这一格写了几项措施，又填了目标值或完成值，按一项措施导入",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("build", "cell", "sentence"), TOLD.values(), ids=TOLD)
def test_what_is_not_taken_as_it_stands_is_told_at_its_cell(build, cell, sentence):
    understood = read(build())
    told = [notice.sentence for notice in understood.notices if notice.cell == cell]

    assert understood.errors == ()
    assert any(one.startswith(sentence) for one in told)
    assert "DISPIMG" not in repr(understood.items)


def test_a_sheet_of_pictures_alone_is_told():
    def photos(sheet):
        photo = Image(io.BytesIO(png()))
        sheet.parent.create_sheet("照片").add_image(photo, "A1")

    told = [notice.sentence for notice in read(edited(photos)).notices]

    assert told == ["工作表“照片”没有导入"]


def test_a_mark_of_secrecy_over_the_cells_is_asked_about():
    """Controls: other words are not, and without the notices the mark would slip through."""

    def box(words):
        inside = f"<xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody>"
        return drawn(anchor(0, 0, f"<xdr:sp>{inside}</xdr:sp>"))

    def comment(words):
        return edited(lambda sheet: setattr(sheet[PROBLEM], "comment", Comment(words, "李某")))

    for content in (box, comment):
        marked = read(content("机密★10年"))
        with pytest.raises(Marked):
            refuse_marked(marked)
        refuse_marked(read(content("月底补报")))
        refuse_marked(replace(marked, notices=()))


def test_of_a_sealed_cell_no_word_is_told():
    """The number a format hides is said of any cell but one that tells who complained."""
    plain = shown(123456789012345, "General", REMARK)
    sealed = edited(lambda sheet: sheet.__setitem__("S3", "举报人证件号"))
    sealed = raw({REMARK: ('s="1"', "<v>123456789012345</v>")}, sealed, formats=["General"])

    assert "123456789012345" in repr(read(plain).notices)
    assert "123456789012345" not in repr(read(sealed).notices)
    assert read(sealed).notices


HARMLESS = {
    "a format that never ends": lambda: raw({REMARK: ('s="1"', "<v>5</v>")}, formats=['0"座']),
    "a style that is not there": lambda: raw({REMARK: ('s="99"', "<v>5</v>")}),
    "a style that is no number": lambda: raw({REMARK: ('s="-1"', "<v>5</v>")}),
    "a picture out of the way": lambda: drawn(anchor(0, 0, picture("a"))),
    "a drawing that is not there": lambda: drawn(
        anchor(4, 4, picture("a")), target="../../../../etc/passwd"
    ),
    "a place that is no number": lambda: drawn(anchor("x", "y", picture("a"))),
    "a comment of our own": lambda: edited(
        lambda sheet: setattr(sheet[PROBLEM], "comment", Comment("请改正", COMMENTER))
    ),
    "a workbook without styles": lambda: repacked(register(), without=(STYLES,)),
}


@pytest.mark.parametrize("build", HARMLESS.values(), ids=HARMLESS)
def test_what_is_only_odd_does_not_hinder(build):
    understood = read(build())

    assert (len(understood.items), understood.errors, understood.notices) == (1, (), ())


def test_marks_of_a_text_are_no_cells(monkeypatch):
    """What would be taken out of the XML stands in a text there: nothing is taken out at all."""
    words = 'a<c r="A1"/>b'
    content = raw({"A1": ('t="inlineStr"', f"<is><t><![CDATA[{words}]]></t></is>")})

    assert read(content).title == words
    monkeypatch.setattr(thinning, "_WRITTEN_OTHERWISE", ())
    assert read(content).title == "ab"


def test_the_builders_say_what_they_are_to_say():
    assert "<v>-5</v>" in part(shown(-5, "yyyy"), SHEET)
    assert 'formatCode="yyyy"' in part(shown(-5, "yyyy"), STYLES)
    assert 'fullCalcOnLoad="1"' in part(register(), BOOK)
    assert reread(short()).errors == ()
