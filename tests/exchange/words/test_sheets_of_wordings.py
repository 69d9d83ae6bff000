"""Whole ledgers in published words: what each row comes to, and out and in again unchanged."""

import pytest
from brought import bring
from handmade import GROUP, register
from sheets import CODES, TODAY, read
from sqlalchemy import select

from extensions import db
from issues.exchange.importing import understand_workbook
from issues.models import Issue, Measure
from issues.queries.ledger.plain import plain_file
from issues.queries.ledger.stood import COMMAND
from issues.queries.register.filters import Filters
from issues.vocabulary import DeadlineKind as Kind

EARLY = {GROUP: (1, "封堵排口", "2025年4月底前", "否")}
ALL = ("巴州区", "恩阳区", "通江县", "南江县", "平昌县")
UNITS = {
    "各县（区）党委和人民政府": ALL,
    "巴州区委、区政府": ("巴州区",),
    "巴中经开区党工委、管委会": ("巴中经开区",),
    "市生态环境局（牵头单位）、市水利局（配合单位）": ("市生态环境局", "市水利局"),
    "市生态环境局、市水利局按职责分工负责": ("市生态环境局", "市水利局"),
    "市发改委、市住建局": ("市发展改革委", "市住房城乡建设局"),
    "1.巴州区 2.市水利局": ("巴州区", "市水利局"),
}
DEADLINES = {
    "立即整改，长期坚持": (Kind.IMMEDIATE_THEN_STANDING, "2025-05-03"),
    "长期坚持，持续推进": (Kind.STANDING, None),
    "2025年底前完成阶段性目标，长期坚持": (Kind.FIXED_THEN_STANDING, "2025-12-31"),
    "2025年12月底前（长期坚持）": (Kind.FIXED_THEN_STANDING, "2025-12-31"),
    "2025年12月31日（星期三）": (Kind.FIXED, "2025-12-31"),
    "2025年上半年": (Kind.FIXED, "2025-06-30"),
    "2025年第三季度前": (Kind.FIXED, "2025-09-30"),
    "2021年7月至2025年12月": (Kind.FIXED, "2025-12-31"),
    "二〇二五年十二月底前": (Kind.FIXED, "2025-12-31"),
    "交办之日起15日内": (Kind.FIXED, "2025-05-03"),
    "交办之日起15个工作日内": (Kind.FIXED, "2025-05-13"),
    "2025年3月底前完成方案编制；2025年底前完成整改": (Kind.FIXED, "2025-12-31"),
}


def test_units_as_published_come_in():
    refused = "巴州区政府、市级相关部门"
    rows = [
        {"责任单位": text, "牵头单位": "市环委办", "验收单位": "市环委办"}
        for text in (*UNITS, refused)
    ]

    understood = read(register(*rows))

    named = [
        {item.primary_unit, *item.responsible_units, *item.supporting_units}
        for item in understood.items
    ]
    assert named == [{CODES[name] for name in names} for names in UNITS.values()]
    assert [error.sentence for error in understood.errors] == [
        "没有名为“市级相关部门”的单位，没有写明是哪些单位，请逐个写出单位名称"
    ]
    assert understood.items[0].primary_unit == CODES["巴州区"]
    assert "主责单位按行政区域记为巴州区" in understood.notices[0].sentence


@pytest.mark.parametrize("lead", ["市水利局", "市生态环境局"])
def test_where_all_counties_answer_who_leads_has_it_unless_it_accepts(lead):
    """The acceptance unit of the list is 市生态环境局."""
    item, *_ = read(register({"责任单位": "各县（区）", "牵头单位": lead})).items

    assert item.primary_unit == CODES["市水利局" if lead == "市水利局" else "巴州区"]
    assert {CODES[name] for name in ALL} <= {item.primary_unit, *item.responsible_units}


def test_where_all_counties_answer_and_nobody_leads_it_is_asked():
    understood = read(register({"责任单位": "各县（区）"}, headings={"牵头单位": "牵头领导"}))

    assert [error.sentence for error in understood.errors] == [
        "责任单位是各县（区），请填写牵头单位，或写出主责的县（区）"
    ]


def test_an_export_of_published_words_reads_back_in_the_same_words(app):
    bring(register(*({"整改时限": text, **EARLY} for text in DEADLINES)))
    rows = db.session.scalars(select(Issue).order_by(Issue.id)).all()
    told = {
        row.deadline_text: (row.deadline_kind, row.deadline and str(row.deadline)) for row in rows
    }
    assert told == DEADLINES

    again, _ = plain_file(Filters(), COMMAND, TODAY)
    deadlines = [item.deadline for item in understand_workbook(again, None, TODAY).items]
    assert {one.text: (one.kind, one.on and str(one.on)) for one in deadlines} == DEADLINES


def test_a_word_of_a_measure_is_read_by_the_same_reader(app):
    words = ("2025年三季度末", "交办之日起15个工作日内", "二〇二五年十二月底前")
    bring(register(*({GROUP: (1, "封堵排口", text, "否")} for text in words)))

    days = db.session.scalars(select(Measure.deadline).order_by(Measure.id)).all()

    assert [str(day) for day in days] == ["2025-09-30", "2025-05-13", "2025-12-31"]
