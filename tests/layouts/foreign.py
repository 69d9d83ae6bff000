"""Ledgers in layouts of made-up other cities, and what a clerk says of each, once."""

from datetime import date
from typing import NamedTuple

from openpyxl import Workbook
from sheets import UNITS, read, saved

from issues.exchange.matching.looking import Asked, look
from issues.exchange.reading.constants import profile_of, with_layout
from issues.exchange.reading.unit_names import Directory

DIRECTORY = Directory(UNITS)
FURROW = "某场镇生活污水经沟渠直排入河，雨后水体发黑发臭，群众多次反映。"
DUST = "某采石场未落实喷淋降尘措施，运输车辆带泥上路，周边扬尘明显。"
HEAP = "某村垃圾收集点长期未清运，垃圾露天堆放并有焚烧痕迹。"
COUNTY_HALL = {"source": "ZC", "acceptance": "511900-HWB", "region": "511900"}
ALL_GIVEN = COUNTY_HALL | {"assigned_on": "2025-03-01"}


class City(NamedTuple):
    """`said`: the columns the clerk chooses otherwise than suggested; `given`: the constants."""

    name: str
    content: bytes
    tickets: int
    said: dict
    given: dict


def book(*sheets):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows, merged in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for place in merged:
            sheet.merge_cells(place)
    return saved(workbook)


PLAIN = City(
    "清江市问题清单",
    book((
        "Sheet1",
        [
            ["清江市突出环境问题整改情况表"],
            ["填报单位：清江市环委办", None, None, "填报时间：2025年10月8日"],
            ["序号", "问题描述", "责任部门", "整改完成时间", "完成情况", "备注"],
            [1, FURROW, "巴州区", "2025年12月底前", "正在整改", "已约谈"],
            [2, DUST, "恩阳区", date(2025, 9, 30), "已完成", None],
            ["合计", "2个", None, None, None, None],
            ["填表人：某某", None, None, "审核人：某某"],
        ],
        ["A1:F1"],
    )),
    2, {}, ALL_GIVEN,
)  # fmt: skip
TWO_ROWS = City(
    "白石市销号台账",
    book((
        "台账",
        [
            ["白石市生态环境问题销号台账"],
            ["编号", "基本情况", None, None, "整改情况", None, None, None, "是否完成整改"],
            [None, "所在区县", "环境要素", "问题描述", "责任单位及责任人", "整改任务", "完成时限",
             "工作进展"],
            ["BS-01", "巴州区", "水", FURROW, "巴州区 王某 主任", "修复管网。", "2025年11月底前",
             "已完成六成。", "否"],
            ["BS-02", "恩阳区", "大气", DUST, "恩阳区、市生态环境局 李某", "加装喷淋。",
             "2025年10月15日", "已装。", "是"],
        ],
        ["A1:I1", "A2:A3", "B2:D2", "E2:H2", "I2:I3"],
    )),
    2, {}, {"source": "SD", "assigned_on": "2025-03-01", "acceptance": "511900-HWB"},
)  # fmt: skip
SECOND_SHEET = City(
    "东河市汇总表",
    book(
        ("填表说明", [["本表由各县区填报"], ["每月25日前报送"]], []),
        (
            "问题汇总",
            [
                ["备注", "完成期限", "主管部门", "整改单位", "问题出处", "地区", "具体问题",
                 "序号"],
                ["序号从去年续编", "2025年底前", "市水利局", "通江县", "省督反馈", "通江县", HEAP,
                 101],
                [None, "长期坚持", "市生态环境局", "南江县", "自查", "南江县", FURROW, 102],
            ],
            [],
        ),
    ),
    2, {}, {"assigned_on": "2025-03-01", "acceptance": "511900-HWB"},
)  # fmt: skip
NO_UNIT = City(
    "无责任单位的表",
    book((
        "清单",
        [
            ["区县", "存在的突出问题", "整改要求", "限期"],
            ["巴州区", HEAP, "日产日清", "2025年10月底前"],
            ["平昌县", DUST, "落实喷淋", "2025年11月底前"],
        ],
        [],
    )),
    2, {"存在的突出问题": ("problem",)},
    {"source": "ZC", "assigned_on": "2025-03-01", "acceptance": "511900-HWB",
     "responsible": "region"},
)  # fmt: skip
JOINED = City(
    "南湖市明细表",
    book((
        "明细",
        [
            ["项号", "乡镇", "详细地址", "问题简述", "问题表现", "责任部门", "配合部门", "协办单位",
             "办结时限", "联系电话", "内部编码"],
            [str(n) for n in range(1, 12)],
            ["甲1", "枣林镇", "某村三组", "污水直排", FURROW, "巴州区", "市水利局",
             "市住房城乡建设局",
             "2025年12月31日", "0827-0000001", "X-9"],
            ["乙1", "渔溪镇", "某路口", "扬尘", DUST, "恩阳区", "市生态环境局", None,
             "立行立改", None, "X-10"],
        ],
        [],
    )),
    2,
    {"乡镇": ("place",), "问题表现": ("problem",), "问题简述": ("problem",),
     "协办单位": ("supporting",), "联系电话": ("leave",), "内部编码": ("keep",)},
    {"acceptance": "511900-HWB", "region": "511900",
     "by_order": [{"prefix": "甲", "source": "SD", "assigned_on": "2025-02-01"},
                  {"prefix": "乙", "source": "ZC", "assigned_on": "2025-03-01"}]},
)  # fmt: skip
MEASURES = City(
    "西岭市方案表",
    book((
        "方案",
        [
            ["序号", "突出问题", "责任单位", "整改时限", "工作措施", "落实情况", "是否完成"],
            [1, FURROW, "巴州区", "2025年12月底前", "封堵排口。", "已封堵。", "是"],
            [None, None, None, None, "新建管网。", "正在施工。", "否"],
            [2, HEAP, "南江县", "2025年11月底前", "清运垃圾。", "已清。", "是"],
        ],
        ["A2:A3", "B2:B3", "C2:C3", "D2:D3"],
    )),
    2, {"是否完成": ("m_done",)}, ALL_GIVEN,
)  # fmt: skip
LETTERS = City(
    "北原市信访件表",
    book((
        "信访件",
        [
            ["北原市群众举报件办理情况"],
            ["转办编号", "举报内容", "区县", "类别", "核查情况", "属实情况", "办理情况",
             "办结状态"],
            ["D3SC202410280901", FURROW, "巴州区", "水", "经查属实。", "属实", "已整改。",
             "已办结"],
            ["X3SC202410280902", DUST, "恩阳区", "大气", "部分属实。", "部分属实", "整改中。",
             "未办结"],
        ],
        ["A1:H1"],
    )),
    2, {},
    {"source": "YX", "assigned_on": "2024-10-28", "acceptance": "511900-HWB",
     "responsible": "region", "deadline_days": "30"},
)  # fmt: skip
CITIES = (PLAIN, TWO_ROWS, SECOND_SHEET, NO_UNIT, JOINED, MEASURES, LETTERS)


def looked_at(city, asked=Asked()):  # noqa: B008 - a plain record
    return look(city.content, asked, DIRECTORY)


def matched(city):
    """The profile that the clerk's one matching makes of a city's sheet."""
    looked = looked_at(city)
    chosen = {
        one.head.column: city.said.get(one.head.key, one.suggestion.fields or ("keep",))
        for one in looked.columns
    }
    return with_layout("", looked.match(city.name, chosen), city.given)


def read_once_matched(city):
    return read(city.content, profile_of(matched(city)))
