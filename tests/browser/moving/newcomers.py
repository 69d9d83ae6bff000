"""The workbooks another city comes with: its bodies, its people, and what it has to drive."""

import io

from openpyxl import Workbook, load_workbook
from rosters_filled import people, units

from seed.city import DATA

LEDGER = DATA / "ledger_117.xlsx"
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
TITLE = "绵阳市突出生态环境问题整改责任清单"


def roster_of_units():
    return units(UNITS)


def roster_of_people():
    return people(PEOPLE)


def ledger(rows=20):
    """On the headings of the responsibility list that every city exchanges."""
    source, book = load_workbook(LEDGER).active, Workbook()
    sheet = book.active
    for cells in source.iter_rows(min_row=3, max_row=4):
        for cell in cells:
            sheet[cell.coordinate] = cell.value
    for merged in source.merged_cells.ranges:
        if merged.max_row <= 4:
            sheet.merge_cells(merged.coord)
    sheet["A1"], sheet["A2"] = TITLE, "填报单位（盖章）：绵阳市生态环境保护委员会办公室"
    for place in range(1, rows + 1):
        county = COUNTIES[place % len(COUNTIES)]
        row = {
            "A": place, "C": "市级暗访督导", "E": county, "F": f"{county}第{place}处排口",
            "G": "水", "Q": "2025-11-20", "AA": "否", "AD": "否",
            "H": f"{county}第{place}处排口污水未经处理直接排入涪江支流，旱季仍有水量。",
            "I": BUREAU, "J": county, "N": f"第{place}处排口污水全部收集处理。",
            "O": "现场无直排，水质达标。", "P": BUREAU, "R": "2026-06-30", "S": 1,
            "T": "封堵排口并接入管网。", "V": "2026-05-31", "AB": "待交办",
        }  # fmt: skip
        for column, value in row.items():
            sheet[f"{column}{place + 4}"] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
