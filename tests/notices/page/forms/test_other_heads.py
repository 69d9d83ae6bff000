"""Heads of papers upward, of several organs and of minutes, measured on the PDF itself in mm."""

from itertools import combinations, pairwise

import pytest
from measured import Reading, mm, near

from issues.notices.kinds import compose, shipped
from issues.notices.kinds.sample import sample
from issues.notices.page.gongwen import render
from issues.notices.page.metrics import (
    BODY,
    BOTTOM,
    CELL,
    DATE_FROM_RIGHT,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    RIGHT,
    SEAL,
    TITLE,
    TOP,
)

NUMBER = "示环委办函〔2025〕1号"
OFFICE, WATER, FARM = "示范市生态环境局", "示范市水利局", "示范市农业农村局"
ISSUER = {"mark": OFFICE, "name": OFFICE, "short": "市局"}


def paper(name, **changes):
    facts = sample(name, shipped(name)) | {"number": NUMBER, "signed_on": "2025-11-25"}
    return facts | {"example": False} | changes


@pytest.fixture(scope="module")
def read(faces):
    return lambda name, **changes: Reading(render(compose(paper(name, **changes)), faces))


def test_a_paper_upward_names_its_signer_right_and_its_number_left(read):
    sheet = read("N9-request", signers=["赵大同"], issuer=ISSUER).sheets[0]
    row = sheet.row(NUMBER)
    mark = next(row for row in sheet.rows if row.signs[0].is_red)
    line = next(ruling for ruling in sheet.rulings if ruling.is_red)

    assert row.text == f"{NUMBER}签发人：赵大同"
    assert near(row.x, LEFT + CELL)
    assert near(row.right, RIGHT - CELL, 1.0)
    assert near(row.y - mark.y - mark.size, 2 * LINE, 3.0)
    assert near(mm(line.y - row.y - BODY), 4, 0.5)
    label = next(sign for sign in row.signs if sign.text == "签")
    assert label.font != row.signs[-1].font


def test_several_signers_stand_two_a_line_under_one_another_and_the_number_with_the_last(read):
    names = ["赵大同", "何建国", "岳小川"]
    sheet = read("N9-statement", signers=names, partners=[WATER, FARM], issuer=ISSUER).sheets[0]
    first = next(row for row in sheet.rows if "签发人" in row.text)
    last = sheet.row(NUMBER)

    assert first.text == "签发人：赵大同何建国"
    assert last.text == f"{NUMBER}岳小川"
    assert near(last.y - first.y, LINE)
    above = next(sign for sign in first.signs if sign.text == "赵")
    assert near(next(sign for sign in last.signs if sign.text == "岳").x, above.x)
    line = next(ruling for ruling in sheet.rulings if ruling.is_red)
    assert near(mm(line.y - last.y - BODY), 4, 0.5)


def test_the_marks_of_several_organs_are_of_one_width_the_main_one_first(read):
    sheet = read("N9-circular", partners=[WATER, FARM], issuer=ISSUER).sheets[0]
    red = [row for row in sheet.rows if row.signs[0].is_red]
    stacked = [row for row in red if row.text.removesuffix("文件") in {OFFICE, WATER, FARM}]
    word = next(sign for row in red for sign in row.signs if sign.text == "文")
    names = [[sign for sign in row.signs if sign.x < word.x] for row in stacked]

    assert ["".join(sign.text for sign in row) for row in names] == [OFFICE, WATER, FARM]
    assert near(mm(stacked[0].y + 0.04 * stacked[0].size - TOP), 35, 1.5)
    for row in names[1:]:
        assert near(row[0].x, names[0][0].x, 0.5)
        assert near(row[-1].right, names[0][-1].right, 1.5)
    middle = (stacked[0].y + stacked[-1].y) / 2
    assert near(word.y, middle, 1.0)
    ends = [sign for row in red for sign in row.signs]
    left, right = min(sign.x for sign in ends), max(sign.right for sign in ends)
    assert left >= LEFT - 0.5
    assert right <= RIGHT + 0.5
    assert near(left - LEFT, RIGHT - right, 1.0)


def test_a_joint_letter_bears_the_mark_of_the_main_organ_alone(read):
    red = [row for row in read("N9-letter", partners=[WATER], issuer=ISSUER).sheets[0].rows
           if row.signs[0].is_red]  # fmt: skip

    assert [row.text for row in red] == [OFFICE]


@pytest.mark.parametrize("partners", [[WATER], [WATER, FARM], [WATER, FARM, "示范市林业局"],
                                      [WATER, "示范市住房和城乡建设局"]])  # fmt: skip
def test_every_seal_has_its_room_and_the_last_name_stands_over_the_date(read, partners):
    reading = read("N9-circular", partners=partners, issuer=ISSUER)
    sheet = reading.sheets[-1]
    names = [OFFICE, *partners]
    day = next(row for row in sheet.rows if row.text == "2025年11月25日")
    rows = [row for row in sheet.rows if day.y - 20 * LINE < row.y < day.y
            and any(row.text.endswith(name) for name in names)]  # fmt: skip
    assert "".join(row.text for row in rows) == "".join(names)
    middles = []
    for row in rows:
        rest, here = list(row.signs), [name for name in names if name in row.text]
        assert len(here) <= 3
        for name in here:
            part, rest = rest[: len(name)], rest[len(name) :]
            middles.append(((part[0].x + part[-1].right) / 2, row.y))
    for (x, y), (other, below) in pairwise(middles):
        assert abs(other - x) >= SEAL if y == below else below - y >= SEAL
    assert min(x for x, _y in middles) - SEAL / 2 >= LEFT - 0.5
    assert max(x for x, _y in middles) + SEAL / 2 <= RIGHT + 0.5
    assert near(middles[-1][0], day.middle, 1.0)
    assert near(day.right, RIGHT - DATE_FROM_RIGHT, 1.0)
    assert near(day.y - middles[-1][1], LINE)


def test_minutes_bear_their_mark_35_mm_down_and_who_was_there_and_no_signature(read):
    reading = read("N9-minutes", issuer=ISSUER)
    sheet = reading.sheets[0]
    mark = next(row for row in sheet.rows if row.signs[0].is_red)
    head = next(row for row in sheet.rows if row.text == f"{OFFICE}2025年11月25日")
    line = next(ruling for ruling in sheet.rulings if ruling.is_red)

    assert mark.text == f"{OFFICE}会议纪要"
    assert near(mm(mark.y + 0.04 * mark.size - TOP), 35, 1.5)
    assert near(mark.middle, (LEFT + RIGHT) / 2, 1.5)
    assert near(sheet.row(NUMBER).middle, (LEFT + RIGHT) / 2, 1.5)
    assert near(mm(line.y - head.y - BODY), 4, 0.5)
    people = reading.sheet_of("出席").row("出席")
    body = [row for one in reading.sheets for row in one.rows if "修复破损管" in row.text]
    assert near(people.x, LEFT + 2 * CELL)
    assert people.signs[0].font != people.signs[3].font
    assert body
    foot = reading.sheets[-1].rows
    assert any(row.text.startswith("分送：示范县人民政府") for row in foot)
    assert sum("2025年11月25日" in row.text for one in reading.sheets for row in one.rows) == 2


def test_copy_number_secrecy_and_urgency_stand_over_one_another_at_the_top_left(read):
    told = {"copy_number": "000001", "secrecy": "confidential", "secrecy_term": "1年"}
    for name in ("N9-circular", "N9-request", "N9-minutes"):
        rows = read(name, **told, urgency="特急").sheets[0].rows[:3]

        assert [row.text for row in rows] == ["000001", "机密★1年", "特急"]
        for place, row in enumerate(rows):
            assert near(row.y, TOP + place * LINE)
            assert near(row.x, LEFT, 1.0)


def test_a_report_upward_with_signer_keeps_its_line_of_office_and_day(read):
    sheet = read("N5-report", signers=["赵大同"]).sheets[0]
    row = sheet.row(NUMBER)

    assert row.text == f"{NUMBER}签发人：赵大同"
    office = next(row for row in sheet.rows if row.text.endswith("2025年11月25日"))
    assert near(office.y - row.y, 2 * LINE)
    assert any(row.size == TITLE for row in sheet.rows)
    assert all(row.y <= BOTTOM for row in sheet.text_rows)


HOUSING, WOODS = "示范市住房和城乡建设局", "示范市林业局"


@pytest.mark.parametrize("partners", [[WATER], [WATER, FARM, WOODS], [WATER, HOUSING, FARM, WOODS]])
def test_each_organ_has_a_place_for_its_seal_upon_its_name_and_a_draft_shows_it(faces, partners):
    facts = paper("N9-circular", partners=partners, issuer=ISSUER)
    signed = render(compose(facts), faces)
    draft = Reading(render(compose(facts | {"signed_on": None, "number": None}), faces))
    reading, names = Reading(signed), [OFFICE, *partners]

    assert [one.organ for one in signed.seals] == names
    assert signed.seals[-1] == signed.seal
    for seal in signed.seals:
        sheet = reading.sheets[seal.page - 1]
        top, signs = PAGE_HEIGHT - seal.y - seal.size, len(seal.organ)
        whole = [row for row in sheet.rows if seal.organ in row.text and top < row.y < top + SEAL]
        (row,) = whole
        start = row.text.index(seal.organ)
        part = row.signs[start : start + signs]
        assert near((part[0].x + part[-1].right) / 2, seal.x + SEAL / 2, 1.0)
        assert seal.x >= LEFT - 0.5
        assert seal.x + SEAL <= RIGHT + 0.5
    for one, other in combinations(signed.seals, 2):
        assert abs(one.x - other.x) > SEAL or abs(one.y - other.y) > SEAL
        assert one.y == other.y or abs(one.y - other.y) > SEAL
    first = signed.seals[0]
    text = [row for row in reading.sheets[first.page - 1].text_rows
            if row.y < PAGE_HEIGHT - first.y - SEAL + 1 and row.text]  # fmt: skip
    assert PAGE_HEIGHT - first.y - SEAL - (text[-1].y + BODY) <= LINE
    shown = [row.text for sheet in draft.sheets for row in sheet.rows]
    assert all(any(f"印章：{name}" in text for text in shown) for name in names)
    assert not any("印章：" in row.text for sheet in reading.sheets for row in sheet.rows)
