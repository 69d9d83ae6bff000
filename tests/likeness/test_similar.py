"""Which tickets are found to be like a problem: the right ones first, and only those in sight."""

import random

import pytest
from rows import an_issue, save
from sqlalchemy import delete, func, select, true

from extensions import db, transaction
from issues.imprints.writing import change
from issues.likeness import index, similar
from issues.models import Issue, LikenessKey
from issues.rights.table import reach
from issues.vocabulary import Relation, Status

pytestmark = pytest.mark.both
METRES_200 = 0.0018


def numbers(text, *, scope=None, **said):
    facts = {"region": "", "point": None, "firm": "", "on": None} | said
    found = similar(text, **facts, scope=true() if scope is None else scope)
    return [one.number for one in found]


@pytest.mark.postgresql
def test_copies_with_a_tenth_changed_200_m_away_are_among_the_first(app, problems, edited):
    rng = random.Random(19)  # noqa: S311 - the same copies each time
    save(*(
        an_issue(f"T{n}", problem=text, lon=106.5 + n / 200, lat=31.9, region="511902")
        for n, text in enumerate(problems)
    ))  # fmt: skip
    asked = rng.sample(range(len(problems)), 100)

    met = [
        f"T{n}" in numbers(
            edited(problems[n], rng), region="511902",
            point=(106.5 + n / 200, 31.9 + METRES_200),
        )[:3]
        for n in asked
    ]  # fmt: skip
    by_words = [f"T{n}" in numbers(edited(problems[n], rng))[:3] for n in asked]

    assert sum(met) >= 95
    assert sum(by_words) >= 95


def test_only_what_is_in_sight_is_told(people):
    save(
        an_issue("OWN", reaches=[(people.unit("511902"), Relation.PRIMARY)], subject_firm="甲公司"),
        an_issue("OTHER", reaches=[(people.unit("511903"), Relation.PRIMARY)]),
        an_issue("DRAFT", Status.DRAFT),
        an_issue("GONE", Status.WITHDRAWN),
    )
    text = "生活污水未经处理直排沟渠。"

    assert set(numbers(text)) == {"OWN", "OTHER", "DRAFT"}
    assert numbers(text, scope=reach(people.chen)) == ["OWN"]
    assert numbers("毫不相干的另一件事", firm="甲公司") == []
    told = similar(text, "511902", None, "甲公司", None, reach(people.chen))[0]
    assert (told.likeness, told.level) == (1, "很可能重复")
    assert told.why == "字词相同100%，责任主体相同，行政区域相同"


def test_the_index_follows_however_a_problem_is_written(app):
    issue = an_issue("T", problem="某砖厂未建除尘设施，物料露天堆放。")
    save(issue)
    assert numbers("某砖厂未建除尘设施，物料露天堆放。") == ["T"]

    with transaction():
        issue.problem = "畜禽养殖场粪污外排，污染下游水体。"
    by_row = numbers("畜禽养殖场粪污外排，污染下游水体。")
    with transaction():
        change(Issue, Issue.id == issue.id, problem="商砼站夜间施工噪声扰民，群众反映强烈。")

    assert by_row == ["T"]
    assert numbers("商砼站夜间施工噪声扰民，群众反映强烈。") == ["T"]
    assert numbers("畜禽养殖场粪污外排，污染下游水体。") == []


def test_tickets_older_than_the_index_are_taken_into_it_once(app):
    save(an_issue("A"), an_issue("B", problem="短"))
    with transaction():
        db.session.execute(delete(LikenessKey))
    assert numbers("生活污水未经处理直排沟渠。") == []

    assert list(index.rebuild()) == [1]
    assert numbers("生活污水未经处理直排沟渠。") == ["A"]
    assert max(index.rebuild(), default=0) == 0
    assert db.session.scalar(select(func.count()).select_from(LikenessKey)) == len(
        index.keys_of("生活污水未经处理直排沟渠。")
    )
