"""A ticket that names a place below its county: within the county, and found by it."""

import io

import pytest
from brought import bring
from caller import Callers
from openpyxl import load_workbook
from people import BAZHOU, ENYANG
from sheets import HEADINGS, MEASURE, PROFILE, findings
from sqlalchemy import select

from extensions import db, transaction
from issues import regions
from issues.exchange.importing import understand_workbook
from issues.ground import clock
from issues.models import Issue
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.territory import changing
from issues.vocabulary import RegionKind

TOWN, OTHER = "511902-001", "511903-1"
DRAFT = {"source": "AF", "title": "沟渠污水直排", "problem": "沟渠污水直排。", "region": BAZHOU}


@pytest.fixture
def places(people):
    """A village in a town of 巴州区, and a town of 恩阳区 that is called as one there."""
    with transaction():
        regions.add("511902-V", "东城村", RegionKind.VILLAGE, regions.find(TOWN))
        regions.add(OTHER, "西城街道", RegionKind.TOWNSHIP, regions.find(ENYANG))
    return people


def sheet(words, county="巴州区"):
    row = [county if cell == "巴州区" else cell for cell in MEASURE]
    return findings([*row, words], headings=[*HEADINGS, "乡镇（街道）"])


def the_ticket():
    return db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()


@pytest.mark.both
def test_it_is_read_by_code_or_name_within_the_county(app, places):
    sun = Callers(app).sun

    for words, code in (
        (TOWN, TOWN), ("东城街道", TOWN), ("巴州区 东城街道", TOWN), ("东城村", "511902-V"),
        ("东城街道东城村", "511902-V"), ("西城街道", "511902-002"),
    ):  # fmt: skip
        assert sun.post("/issues", DRAFT | {"township": words}, 201)["township"] == code
    for words in (OTHER, "恩阳区西城街道", "无此镇", BAZHOU):
        told = sun.post("/issues", DRAFT | {"township": words}, 422)["errors"]
        assert "巴州区没有名为" in told["township"][0], words
    url = f"/issues/{the_ticket().number}"

    def patch(expect, **body):
        tag = {"If-Match": sun.get(url).headers["ETag"]}
        return sun.patch(url, body, expect, headers=tag)

    assert "请一并更改" in patch(422, region=ENYANG)["errors"]["region"][0]
    assert patch(200, region=ENYANG, township="西城街道")["township"] == OTHER
    assert patch(200, township="")["township"] == ""
    assert patch(200, region=BAZHOU)["region"] == BAZHOU


@pytest.mark.both
def test_a_ledger_s_column_is_held_against_the_places(places):
    wrong = understand_workbook(sheet("无此镇"), PROFILE, clock.today())
    assert [(one.cell, one.heading) for one in wrong.errors] == [("M4", "乡镇（街道）")]
    assert "巴州区没有名为“无此镇”" in wrong.errors[0].sentence

    bring(sheet("东城街道"), profile=PROFILE)
    assert the_ticket().township == TOWN


def test_of_a_county_nobody_has_divided_the_words_are_kept(places, app, tmp_path):
    content = sheet("春场镇", "通江县")
    understood = understand_workbook(content, PROFILE, clock.today())
    assert [one.sentence for one in understood.notices if one.cell == "M4"] == [
        "通江县还没有登记下级区域，原文保留在补充信息中"
    ]

    bring(content, profile=PROFILE)
    assert (the_ticket().township, the_ticket().extra["乡镇（街道）"]) == ("", "春场镇")
    file = tmp_path / "台账.xlsx"
    app.test_cli_runner().invoke(args=["ledger", "export", str(file)])
    book = load_workbook(io.BytesIO(file.read_bytes()))
    cells = [cell.value for row in book.active for cell in row]
    assert "春场镇" in cells


def found(person, **asked):
    return {one.number for one in register.find(Filters(**asked), person, clock.today()).lines}


@pytest.mark.both
def test_it_is_found_by_what_it_lies_in_and_by_name_after_a_change_of_name(places, make_issue):
    here = make_issue(township="东城村").number
    away = make_issue(township="西城街道", region=ENYANG).number

    for place in ("511902-V", TOWN, BAZHOU):
        assert found(places.sun, region=place) == {here}, place
    assert found(places.sun, region=f"{TOWN},{OTHER}") == {here, away}
    assert found(places.sun, region="511900") == set(), "the city's own, as the board tells it"
    assert found(places.sun, q="东城街道") == {here}
    with transaction():
        changing.rename(places.sun, TOWN, {"name": "江北新街道", "reason": "更名"})
    assert found(places.sun, q="东城街道") == set()
    assert found(places.sun, q="江北新街道") == {here}
