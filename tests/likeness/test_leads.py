"""Leads that share a stock sentence: not told as the same for that alone, nor slow to ask for."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import func, insert, select

from extensions import db, transaction
from issues.ground import clock
from issues.likeness import sharing
from issues.likeness.fingerprint import keys_of
from issues.likeness.leads import similar_leads
from issues.likeness.scoring import LIKELY, Facts, is_stock, stock_of
from issues.models import Lead, LeadKey

MANY = 2000
STOCK = "平台巡查发现：经现场核实，该处存在生态环境问题线索，请属地及时核查处理并反馈结果。"
SIGNS = "河沟厂矿堆土渣油烟尘水气噪声泥沙林草田埂塘库桥村组号东西南北上下左右里外前后高低"
METRES_200 = 0.0018


def planted(people, texts, points=None):
    """All at once, with their keys; the ids in their order."""
    now = clock.now()
    same = {
        "origin": "other", "at": now, "received_at": now, "reporter_id": people.sun.id,
        "is_urgent": False, "due_at": now + timedelta(days=1), "state": "new",
        "region": "511902", "place": "", "subject_firm": "", "pollutant": "", "measured_in": "",
    }  # fmt: skip
    with transaction():
        rows = [
            same | {"text": text, "lon": point[0], "lat": point[1]}
            for text, point in zip(texts, points or [(None, None)] * len(texts), strict=True)
        ]
        db.session.execute(insert(Lead), rows)
        ids = list(db.session.scalars(select(Lead.id).order_by(Lead.id)))[-len(texts) :]
        db.session.execute(
            insert(LeadKey),
            [{"key": key, "lead_id": one} for one, text in zip(ids, texts, strict=True)
             for key in set(keys_of(text))],
        )  # fmt: skip
    return ids


def matter(rng):
    return "".join(rng.choice(SIGNS) for _ in range(30))


def asked_of(text, point=None):
    return Facts(text, "511902", point, "", clock.today())


@pytest.mark.postgresql
def test_two_thousand_with_one_stock_sentence_are_told_apart_by_what_they_say(app, people):
    rng = random.Random(19)  # noqa: S311 - the same leads each time
    texts = [STOCK + matter(rng) for _ in range(MANY)]
    points = [(106.5 + n / 50, 31.9) for n in range(MANY)]
    ids = planted(people, texts, points)
    for n in rng.sample(range(MANY), 20):
        found = similar_leads(asked_of(texts[n], points[n]), 5, but=(ids[n],))
        assert [one for one in found if one.likeness >= LIKELY] == []
        edited = list(texts[n])
        for place in rng.sample(range(len(edited)), len(edited) // 10):
            edited[place] = rng.choice(SIGNS)
        near = (points[n][0], points[n][1] + METRES_200)
        again = similar_leads(asked_of("".join(edited), near), 3)
        assert ids[n] in [one.id for one in again]


def test_what_says_the_stock_sentence_alone_is_told_apart_by_place(app, people):
    points = [(106.5 + n / 50, 31.9) for n in range(60)]
    ids = planted(people, [STOCK] * 60, points)
    found = similar_leads(asked_of(STOCK, points[7]), 60, but=(ids[7],))
    assert found
    assert max(one.likeness for one in found) < LIKELY
    twin = planted(people, [STOCK], [(points[7][0], points[7][1] + METRES_200)])
    first = similar_leads(asked_of(STOCK, points[7]), 60, but=(ids[7],))[0]
    assert (first.id, first.level) == (twin[0], "很可能重复")


def test_few_in_the_same_words_are_likely_the_same(app, people):
    ids = planted(people, [STOCK] * 3)
    found = similar_leads(asked_of(STOCK), 5, but=(ids[0],))
    assert [one.level for one in found] == ["很可能重复"] * 2


@pytest.mark.both
def test_of_a_common_key_no_more_than_the_latest_are_looked_at(app, people, monkeypatch):
    """An old copy is found by its own rare keys though the stock keys are cut before it."""
    monkeypatch.setattr(sharing, "MOST_OF_KEY", 10)
    rng = random.Random(20)  # noqa: S311 - the same leads each time
    own = STOCK + matter(rng)
    (old,) = planted(people, [own])
    planted(people, [STOCK + matter(rng) for _ in range(300)])
    count = func.count().label("count")
    rows = select(LeadKey.key, count).group_by(LeadKey.key).order_by(count.desc())
    rows = rows.where(LeadKey.key.in_(select(LeadKey.key).where(LeadKey.lead_id == old)))
    common = db.session.execute(rows).first()
    assert common.count > 10
    shared = sharing.sharing(1, LeadKey.key, LeadKey.lead_id)
    weighed = db.session.scalars(select(shared.c.owner), sharing.given([common.key])).all()
    assert (len(weighed), old in weighed) == (10, False)
    found = similar_leads(asked_of(own), 3)
    assert (found[0].id, found[0].level) == (old, "很可能重复")


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_text_is_never_both_stock_alone_and_more_than_stock(copies, length):
    text = STOCK + SIGNS[:length]
    found = [STOCK] * copies
    assert not (is_stock(text, found) and stock_of(text, found))
