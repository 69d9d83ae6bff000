"""The bodies of two cities by their names, for texts that are read without a database."""

import csv
from pathlib import Path

from issues.exchange.reading.unit_names import Directory, UnitName
from issues.territory.gazetteer import Gazetteer, Known as Place
from issues.texts.parts.places import Below
from issues.texts.record import Known
from issues.vocabulary import RegionKind

CITY = "510700"
_DEPARTMENTS = {
    "HWB": ("生态环境保护委员会办公室", "市环委办", "牵头机构"),
    "STHJ": ("生态环境局", "市生态环境局", "市级部门"),
    "ZJW": ("住房和城乡建设委员会", "市住建委", "市级部门"),
    "SLJ": ("水利局", "市水利局", "市级部门"),
    "NYNC": ("农业农村局", "市农业农村局", "市级部门"),
    "ZRZY": ("自然资源和规划局", "市自然资源和规划局", "市级部门"),
    "JXJ": ("经济和信息化局", "市经信局", "市级部门"),
    "LYJ": ("林业局", "市林业局", "市级部门"),
    "GAJ": ("公安局", "市公安局", "市级部门"),
    "JTJ": ("交通运输局", "市交通运输局", "市级部门"),
    "YJJ": ("应急管理局", "市应急局", "市级部门"),
    "WJW": ("卫生健康委员会", "市卫健委", "市级部门"),
    "CGJ": ("城市管理行政执法局", "市城管执法局", "市级部门"),
}
_COUNTIES = {
    "510703": "涪城区", "510704": "游仙区", "510705": "安州区", "510722": "三台县",
    "510723": "盐亭县",
}  # fmt: skip
UNITS = (
    *(UnitName(f"{CITY}-{code}", f"绵阳市{name}", short, kind, CITY)
      for code, (name, short, kind) in _DEPARTMENTS.items()),
    *(UnitName(code, name, name, "县（区）", code) for code, name in _COUNTIES.items()),
    UnitName(f"{CITY}-GXQ", "绵阳高新技术产业开发区", "绵阳高新区", "园区", "510703"),
)  # fmt: skip
TOWNS = {
    "芦溪镇": "510722", "刘营镇": "510722", "西平镇": "510722", "乐安镇": "510722",
    "石塘街道": "510703", "塔水镇": "510705", "城关镇": "510722", "城关镇 ": "510723",
}  # fmt: skip
"""城关镇 there is twice, as in many cities."""


def places():
    """The city, its counties and some of their towns, of which one has a village."""
    top = f"{CITY}/"
    yield Place(CITY, "绵阳市", RegionKind.CITY, top)
    for code, name in _COUNTIES.items():
        yield Place(code, name, RegionKind.COUNTY, f"{top}{code}/")
    for number, (name, county) in enumerate(TOWNS.items(), start=100):
        path = f"{top}{county}/{county}{number}/"
        yield Place(f"{county}{number}", name.strip(), RegionKind.TOWNSHIP, path)
    path = f"{top}510722/510722100/510722100201/"
    yield Place("510722100201", "五柏村", RegionKind.VILLAGE, path)


SEEDED = Path(__file__).parents[2] / "seed" / "data" / "units.csv"


def known_in_mianyang(policy):
    return Known(Directory(UNITS), policy, below=Below(Gazetteer(list(places()))))


def known_in_the_example(policy):
    with SEEDED.open(encoding="utf-8") as rows:
        units = [UnitName(r["code"], r["name"], r["short_name"], r["kind"], r["region_code"])
                 for r in csv.DictReader(rows)]  # fmt: skip
    return Known(Directory(units), policy)


PASTED = """2025年突出问题整改方案
一、成效
（一）空气质量改善。
二、存在的问题
（一）某河段生活污水直排
整改目标：氨氮≤1.0mg/L。
整改措施：1.封堵排口2处；2.清理河道。
整改时限：2026年6月底前
责任单位：巴州区
牵头单位：市生态环境局
验收单位：市环委办
（二）某镇垃圾露天堆放，恩阳区多次清理后反弹。
（三）某处扬尘扰民。要求2026年3月底前完成整改。
"""
