"""The columns of the workbooks: what each is called, what it is for, what may stand in it."""

from typing import NamedTuple

from issues.leads.fields import ONCE
from issues.vocabulary import UNIT_KINDS, KeeperLevel, LeadOrigin, PolluterKind, Role, RosterKind


class Column(NamedTuple):
    """`name` is the field that a refusal is told at. `choices` are offered; more may be read."""

    name: str
    heading: str
    hint: str
    sample: str
    limit: int
    width: int
    is_needed: bool = False
    choices: tuple[str, ...] = ()


UNITS = (
    Column(
        "code", "代码", "6位区划代码；部门为区划代码加一横线和大写字母。可不填，由系统拟定",
        "510700-STHJ", 24, 16,
    ),
    Column("name", "全称", "用作督办文书的主送", "某市生态环境局", 80, 30, is_needed=True),
    Column(
        "short_name", "简称", "页面和台账中使用，不能与其他单位相同", "市生态环境局", 40, 18,
        is_needed=True,
    ),
    Column(
        "kind", "类别", "从下拉列表中选", "市级部门", 20, 12, is_needed=True, choices=UNIT_KINDS
    ),
    Column(
        "region", "上级区域", "市级部门填“市级”；园区填所在县（区）；县（区）可不填", "市级", 40, 14
    ),
    Column(
        "former", "曾用名", "以前的名称，几个以顿号分开；台账中照旧认得", "市环境保护局", 400, 24
    ),
    Column("text", "别称", "台账中的其他写法，几个以顿号分开", "市环保局", 400, 24),
    Column("contact", "联系人", "只有系统管理员看得到", "王敏", 40, 12),
    Column("phone", "联系电话", "只有系统管理员看得到", "0816-2220000", 40, 16),
    Column("position", "排序", "整数，小的在前；不填的排在最后", "10", 5, 8),
)  # fmt: skip
PEOPLE = (
    Column(
        "name", "账号", "字母开头的字母、数字、点、横线或下划线，建立后不能更改", "wangmin", 40, 16,
        is_needed=True,
    ),
    Column("display_name", "姓名", "本人姓名", "王敏", 40, 12, is_needed=True),
    Column(
        "unit", "所属单位", "单位的全称、简称或代码；市领导和三员可不填", "市生态环境局", 80, 24
    ),
    Column(
        "roles", "角色", "几个以顿号分开；由安全管理员授予后生效", "单位经办", 200, 24,
        choices=tuple(role.label for role in Role),
    ),
    Column("phone", "联系电话", "本人电话", "13900000000", 40, 16),
    Column("note", "备注", "职务等", "水生态科科长", 200, 24),
)  # fmt: skip
POLLUTERS = (
    Column("name", "名称", "全称或设施名称", "某某水泥有限公司", 80, 30, is_needed=True),
    Column(
        "code", "统一社会信用代码", "18位，逐位核对；没有的可不填，按名称辨认",
        "91510700MA6XXXXXXX", 18, 22,
    ),
    Column(
        "kind", "类别", "从下拉列表中选", PolluterKind.FACTORY.label, 20, 14, is_needed=True,
        choices=tuple(kind.label for kind in PolluterKind),
    ),
    Column("region", "所在县（区）", "名称或区划代码", "涪城区", 40, 14, is_needed=True),
    Column("place", "地址", "乡镇（街道）以下", "某镇某村二组", 200, 30),
    Column("lon", "经度", "卫星定位的坐标，小数度", "104.731", 20, 12),
    Column("lat", "纬度", "卫星定位的坐标，小数度", "31.462", 20, 12),
    Column("permits", "许可证编号", "几个以顿号分开", "91510700MA6XXXXXXX001P", 200, 30),
)  # fmt: skip
LEADS = (
    Column(
        "origin", "来源", "从下拉列表中选", "12345热线", 20, 14, is_needed=True,
        choices=tuple(one.label for one in LeadOrigin),
    ),
    Column("origin_ref", "来源编号", ONCE, "RX-2025-0001", 80, 20, is_needed=True),
    Column("at", "发现时间", "年月日和时分", "2025-11-25 09:30", 40, 20, is_needed=True),
    Column("text", "线索内容", "看到、听到的情况", "河边堆放垃圾。", 5000, 40, is_needed=True),
    Column("region", "行政区域", "县（区）或乡镇（街道）的名称或区划代码", "某某区", 40, 14),
    Column("place", "点位", "具体地点", "某某村二组", 500, 24),
    Column("lon", "经度", "卫星定位的坐标，小数度，与纬度一起填", "106.76", 24, 12),
    Column("lat", "纬度", "卫星定位的坐标，小数度，与经度一起填", "31.85", 24, 12),
    Column("subject_firm", "责任主体", "企业或个人", "某某公司", 120, 24),
    Column("pollutant", "监测项目", "有监测值时填写", "氨氮", 40, 12),
    Column("value", "监测值", "数字", "12.5", 24, 10),
    Column("unit", "监测值单位", "监测值和限值的单位", "mg/L", 20, 10),
    Column("limit", "限值", "数字，大于0", "8", 24, 10),
)  # fmt: skip
KEEPERS = (
    Column(
        "level", "级别", "从下拉列表中选", KeeperLevel.SECTION.label, 20, 16, is_needed=True,
        choices=tuple(level.label for level in KeeperLevel),
    ),
    Column("place", "区域", "县（区）、乡镇、村、网格、河段的名称或代码", "某镇", 40, 20),
    Column("ticket", "问题编号", "只包一个问题的填写，此时区域不填", "", 32, 20),
    Column("name", "姓名", "本人姓名", "王敏", 40, 12, is_needed=True),
    Column("phone", "联系电话", "没有账号的必填", "13900000000", 40, 16),
    Column("body", "单位", "所在单位和职务", "某镇人民政府", 80, 24),
    Column("account", "账号", "有系统账号的填写登录账号", "", 40, 16),
    Column("from_on", "起始日期", "如2025-01-31；不填为导入当天", "2025-01-31", 10, 14),
)  # fmt: skip
COLUMNS = {
    RosterKind.UNITS: UNITS,
    RosterKind.PEOPLE: PEOPLE,
    RosterKind.POLLUTERS: POLLUTERS,
    RosterKind.LEADS: LEADS,
    RosterKind.KEEPERS: KEEPERS,
}
