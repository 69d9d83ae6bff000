"""What somebody left unsent: sealed, one person's alone, bounded, gone in its days."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select, text, update

from auth import people as acts
from extensions import db, transaction
from issues.evidence import resealing
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.jobs.steps import forget_keys
from issues.kept import keeping
from issues.kept.content import Content, opened, size_of
from issues.models import KeptForm

DAYS = 7
TYPED = "巴河右岸排口水色发黑，附近居民多次反映。"


def content(words=TYPED, action="/issues/new", page="/issues/new?from=lead", **further):
    return Content(page=page, action=action, said=(("problem", words),), **further)


def keep(person, *args, token="", **named):
    with transaction():
        return keeping.keep(person.id, content(*args, **named), DAYS, token)


def test_nothing_typed_stands_in_the_database_in_plain(people):
    keep(people.lin, title="登记问题", why=("时限：请填写",))

    row = db.session.execute(text("SELECT * FROM kept_form")).one()
    held = b" ".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
    for said in (TYPED, "/issues/new", "登记问题", "请填写"):
        assert said.encode() not in held


def test_it_is_found_on_its_page_by_its_person_alone(people):
    token = keep(people.lin)

    assert [one.said for _, one in keeping.on_page(people.lin.id, "/issues/new")] == [
        (("problem", TYPED),)
    ]
    assert keeping.on_page(people.lin.id, "/issues") == []
    assert keeping.on_page(people.chen.id, "/issues/new") == []
    assert keeping.find(people.chen.id, token) is None
    with transaction():
        keeping.forget(people.chen.id, [token])
    assert keeping.find(people.lin.id, token) is not None


def test_a_row_put_before_another_person_does_not_open(people):
    keep(people.lin)
    with transaction():
        db.session.execute(update(KeptForm).values(user_id=people.chen.id))

    assert keeping.on_page(people.chen.id, "/issues/new") == []


def test_what_is_typed_anew_writes_over_nothing(people):
    first = keep(people.lin, "第一次写的内容")
    second = keep(people.lin, "第二次写的内容")
    assert keep(people.lin, "第一次写的内容") == first
    assert keep(people.lin, "第二次又改了", token=second) == second

    said = {one.said[0][1] for _, one in keeping.of(people.lin.id)}
    assert said == {"第一次写的内容", "第二次又改了"}


def test_a_token_of_another_form_or_person_goes_on_with_nothing(people):
    theirs = keep(people.chen, "陈的内容")
    mine = keep(people.lin, "林的内容", token=theirs)
    other = keep(people.lin, "另一张表", action="/leads/new", token=mine)

    assert len({theirs, mine, other}) == 3
    assert keeping.find(people.chen.id, theirs)[1].said[0][1] == "陈的内容"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from([20, 90_000, 240_000, 300_000])),
        max_size=60,
    )
)
def test_a_person_never_has_more_than_the_bounds_and_always_the_newest(people, sent):
    with transaction():
        keeping.forget_all(people.lin.id)
    for number, (place, length) in enumerate(sent):
        words = f"{number} ".ljust(length, "x")
        token = keep(people.lin, words, action=f"/act/{place}")
        assert bool(token) == (size_of(content(words, action=f"/act/{place}")) <= keeping.LARGEST)
        rows = db.session.scalars(select(KeptForm)).all()
        assert len(rows) <= keeping.MOST
        assert sum(row.size for row in rows) <= keeping.MOST_BYTES
        assert max([sum(one.place == row.place for one in rows) for row in rows], default=0) <= (
            keeping.MOST_OF_ONE
        )
        assert not token or any(row.token == token for row in rows)


def test_the_sweep_takes_what_is_past_its_days_and_of_who_is_locked_out(people):
    keep(people.lin, "过期的内容")
    with transaction():
        db.session.execute(update(KeptForm).values(until=clock.real_now() - timedelta(seconds=1)))
    keep(people.sun, "还在期内")
    assert keeping.of(people.lin.id) == []

    assert forget_keys.FORMS in forget_keys.find(None)
    with transaction():
        assert forget_keys.do(None, forget_keys.FORMS) == 1
    assert [row.user_id for row in db.session.scalars(select(KeptForm))] == [people.sun.id]


def test_who_is_locked_out_leaves_nothing(people):
    keep(people.chen)
    with transaction():
        acts.disable(people.sysadmin, people.chen.id)

    assert db.session.scalars(select(KeptForm)).all() == []


@pytest.fixture
def _keys_of_the_installation(app):
    yield
    sealing.use_secrets([app.extensions["settings"].secret_key])


@pytest.mark.usefixtures("_keys_of_the_installation")
def test_it_is_sealed_anew_with_the_key_of_today(app, people):
    sealing.use_secrets(["the secret of yesterday"])
    keep(people.lin)
    sealing.use_secrets(["the secret of today", "the secret of yesterday"])
    assert any("封存的内容没有用现在的密钥封存" in said for said in resealing.hints())

    assert [done.failures for done in resealing.reseal(app.extensions["evidence"])][-1] == []
    sealing.use_secrets(["the secret of today"])
    row = db.session.scalars(select(KeptForm)).one()
    assert opened(row).said == (("problem", TYPED),)
    assert list(resealing.faults()) == []


@pytest.mark.usefixtures("_keys_of_the_installation")
def test_what_no_key_opens_is_passed_over_and_told_by_the_self_check(people):
    sealing.use_secrets(["the secret of yesterday"])
    keep(people.lin)
    sealing.use_secrets(["the secret of today"])

    assert keeping.of(people.lin.id) == []
    assert any("没有提交的填写" in said for said in resealing.faults())
