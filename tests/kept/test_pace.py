"""What is typed is kept often, and not without end."""

from hypothesis import given, strategies as st

from issues.ground.refusals import Later
from issues.web.kept import pace
from issues.web.kept.pace import Pace

NEW = "/issues/new"


def waited(tried, person, now):
    try:
        tried.admit(person, now)
    except Later as refusal:
        return refusal.wait
    return 0


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40)), max_size=80))
def test_nobody_keeps_more_than_the_bound_in_any_window_nor_waits_for_another(asked):
    tried, now, admitted, waits = Pace(5, 10), 0.0, {}, []
    for person, later in asked:
        now += later / 10
        lately = [at for at in admitted.get(person, []) if now - 10 < at]
        wait = waited(tried, person, now)
        assert bool(wait) == (len(lately) == 5)
        if wait:
            waits.append(wait)
        else:
            admitted.setdefault(person, []).append(now)
    assert all(1 <= wait <= 10 for wait in waits)


def test_who_keeps_too_often_is_told_when_to_come_again(browser, monkeypatch):
    lin = browser.as_("lin")
    monkeypatch.setattr(pace, "_pace", Pace(2, 30))
    own = {"kept_action": NEW, "kept_page": NEW, "kept_title": "x"}
    said = lin.get(NEW).form(NEW).filled({"problem": "巴河右岸水色发黑。"}) | own
    assert [lin.send("/kept", expect, **said).status for expect in (200, 200, 429)][-1] == 429

    answer = lin.client.post("/kept", data=said)
    assert 1 <= int(answer.headers["Retry-After"]) <= 30
    assert "秒后再试" in answer.get_data(as_text=True)
