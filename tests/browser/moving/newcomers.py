"""The workbooks another city comes with: its bodies, its people, and what it has to drive."""

import io
from datetime import date

from openpyxl import Workbook
from rosters_filled import people, units

COUNTIES = ("涪城区", "游仙区", "安州区", "三台县", "盐亭县")
OFFICE, BUREAU = "市环委办", "市生态环境局"
NAMES = (
    "生态环境局", "住房和城乡建设委员会", "水利局", "农业农村局", "自然资源和规划局", "交通运输局",
    "林业局", "城市管理行政执法局", "应急管理局", "经济和信息化局", "发展和改革委员会", "财政局",
    "公安局", "教育体育局", "卫生健康委员会", "市场监督管理局", "商务局", "气象局", "统计局",
)  # fmt: skip
UNITS = [
    ("", "绵阳市生态环境保护委员会办公室", OFFICE, "牵头机构", "市级", "", "", "", "", ""),
    *(("", f"绵阳市{name}", f"市{name}", "市级部门", "市级", "", "", "", "", "") for name in NAMES),
]
PEOPLE = [
    ("jingban", "经办甲", OFFICE, "市环委办经办", "", ""),
    ("fuze", "负责人乙", OFFICE, "市环委办负责人", "", ""),
    ("ducha1", "督察丙", OFFICE, "督察员", "", ""),
    ("ducha2", "督察丁", OFFICE, "督察员", "", ""),
    ("shizhang", "市长戊", "", "市领导", "", ""),
    *(
        (f"dan{place}{kind}", f"{unit}{word}", unit, word, "", "")
        for place, unit in enumerate((*COUNTIES, BUREAU, "市水利局", "市林业局"), start=1)
        for kind, word in (("a", "单位经办"), ("b", "单位负责人"))
    ),
    *((f"ju{place}", f"{name}经办", f"市{name}", "单位经办", "", "")
      for place, name in enumerate(NAMES[3:12], start=1)),
]  # fmt: skip
HEADS = (
    "序号", "问题来源", "行政区域", "点位及坐标", "问题类型", "存在问题", "牵头单位", "责任单位",
    "整改目标", "验收标准", "验收单位", "交办日期", "整改时限", "措施序号", "具体措施", "完成时限",
    "整改阶段",
)  # fmt: skip
TITLE = "绵阳市突出生态环境问题整改责任清单"


def roster_of_units():
    return units(UNITS)


def roster_of_people():
    return people(PEOPLE)


def ledger(rows=20):
    book = Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.append([f"填报单位（盖章）：绵阳市生态环境保护委员会办公室　填报时间：{date(2025, 11, 25)}"])
    sheet.append(HEADS)
    for place in range(1, rows + 1):
        county = COUNTIES[place % len(COUNTIES)]
        sheet.append((
            place, "市级暗访督导", county, f"{county}第{place}处排口", "水",
            f"{county}第{place}处排口污水未经处理直接排入涪江支流，旱季仍有水量。", BUREAU, county,
            f"第{place}处排口污水全部收集处理。", "现场无直排，水质达标。", BUREAU, "2025-11-20",
            "2026-06-30", 1, "封堵排口并接入管网。", "2026-05-31", "待交办",
        ))  # fmt: skip
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
