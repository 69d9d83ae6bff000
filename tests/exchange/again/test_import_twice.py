"""The same problem is brought in once, however it is spelt; two problems are two."""

import hashlib
import json
from dataclasses import asdict

import pytest
from brought import bring, the_117
from handmade import register, told
from sheets import INSPECTION, LEDGER, TODAY, short
from sqlalchemy import func, select

from extensions import db
from issues.exchange import importing
from issues.exchange.import_report import RowsRefused
from issues.exchange.importing import understand_workbook
from issues.models import ImportIdentity, Issue
from issues.vocabulary import Action, Source

THREE = ("某沟渠污水散排。", "某砖厂扬尘扰民。", "某养殖场粪污外溢。")


def count():
    return db.session.scalar(select(func.count()).select_from(Issue))


@pytest.mark.both
def test_the_same_bytes_again_write_nothing_and_say_so(app):
    first = bring(told(*THREE))
    again = bring(told(*THREE))

    assert (first.tickets, first.same) == (3, 0)
    assert (again.tickets, again.same, count()) == (0, 3, 3)
    assert again.in_words() == "没有新的内容，表中3个问题都已在台账中，且内容相同"
    notices = understand_workbook(told(*THREE), None, TODAY).notices
    assert "3个问题已在台账中，内容相同，不会重复写入" in [notice.sentence for notice in notices]


@pytest.mark.parametrize(
    "spelt",
    [
        "某沟渠 污水散排。", "某沟渠\n污水散排。", "\u200b某沟渠污水\ufeff散排。",
        "某沟渠\u3000污水散排。", "某沟渠污⽔散排。",
    ],
)  # fmt: skip
def test_other_blanks_and_signs_nobody_sees_make_no_other_problem(app, spelt):
    bring(told(THREE[0]))

    assert (bring(told(spelt)).same, count()) == (1, 1)


def test_half_and_full_width_make_no_other_problem(app):
    bring(told("某厂COD超标(2次),渗漏:严重", 点位="A区3号"))

    assert (bring(told("某厂ＣＯＤ超标（２次），渗漏：严重", 点位="Ａ区３号")).same, count()) == (
        1,
        1,
    )


def test_where_it_stands_in_the_sheet_does_not_matter(app):
    bring(told(*THREE))

    report = bring(told(*reversed(THREE), "某加油站油气回收停用。"))

    assert (report.tickets, report.same, count()) == (1, 3, 4)


@pytest.mark.parametrize(
    "change",
    [
        {"存在问题": "某沟渠漂浮垃圾。"}, {"点位": "另一河段"}, {"行政区域": "恩阳区"},
        {"问题来源": Source.SD.label},
    ],
    ids=["text", "place", "region", "source"],
)  # fmt: skip
def test_another_text_place_or_source_is_another_problem(app, change):
    bring(register())

    assert (bring(register(change), rest="new").tickets, count()) == (1, 2)


@pytest.mark.both
def test_two_alike_in_one_sheet_are_two_and_stay_two(app):
    pair = told(THREE[0], THREE[0])

    assert (bring(pair).tickets, bring(pair).same, count()) == (2, 2, 2)


def test_the_same_problem_said_otherwise_is_told_at_its_cell(app):
    bring(told(*THREE))

    with pytest.raises(RowsRefused) as refused:
        bring(register({"存在问题": THREE[1], "整改目标": "另一目标"}))

    (cell,) = refused.value.cells
    assert (cell.cell, count()) == ("F5", 3)
    assert "已登记为BZ-AF-2025-" in cell.sentence
    assert "在存在问题或点位中写明区别" in cell.sentence


def test_one_that_was_amended_since_is_still_known(app, make_issue):
    bring(told(*THREE))
    issue = db.session.scalars(select(Issue).where(Issue.problem == THREE[0])).one()
    make_issue.act(Action.AMEND, issue, "sun", fields={"problem": "改写后的问题。"}, reason="更正")

    report = bring(told(*THREE))
    assert (report.same, report.older, count()) == (2, 1, 3)
    assert "台账此后有变动，以台账为准" in report.in_words()


def as_once_kept(item):
    """The digest the import wrote before texts were compared, by the lines it had then."""
    facts = asdict(item)
    facts |= facts.pop("texts")
    facts["title"] = f"{item.place}：{item.problem.partition('，')[0].rstrip('。')}"
    later = ("area_keeper", "section_keeper", "household_keeper", "subject_firm", "sponsor_account")
    for name in (
        "row",
        "is_titled",
        "sealed",
        "starts",
        *(one for one in later if not facts.get(one)),
    ):
        facts.pop(name, None)
    for measure in facts["measures"]:
        del measure["row"]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "problem", ["督察发现，某沟渠散排。", "督察发现，某\u3000沟渠\u200b散排。"]
)
def test_what_came_in_before_is_the_same_still(app, monkeypatch, problem):
    """Kept to the letter, under the title that was made then."""

    def written(item):
        return as_once_kept(of_then.get(item.row, item))

    content = told(problem)
    understood = understand_workbook(content, None, TODAY)
    of_then = {item.row: item for item in understood.as_written}
    with monkeypatch.context() as then:
        then.setattr(importing, "said", written)
        bring(content)

    assert (bring(content).same, count()) == (1, 1)


@pytest.mark.postgresql
@pytest.mark.parametrize("source", [LEDGER, INSPECTION])
def test_the_examples_are_the_same_the_second_time(app, shelf, source):
    first = the_117(shelf) if source is LEDGER else bring(source)

    again = bring(source)

    assert (again.tickets, again.same) == (0, first.tickets)


def test_one_with_a_number_is_known_by_it_and_without_it_by_its_text(app):
    bring(register({"编号": "BZ-AF-2025-041"}))

    assert (bring(register()).same, count()) == (1, 1)
    assert bring(register({"编号": "BZ-AF-2025-042"})).tickets == 1


def test_each_ticket_that_comes_in_is_known_by_one_identity(app):
    report = bring(short())

    assert db.session.scalar(select(func.count()).select_from(ImportIdentity)) == report.tickets
