"""A kept figure: computed once however many ask, again after a failure, given up when unused."""

import threading
import time

import pytest

from issues.queries.ground.remembered import MOST, remembered


class Counted:
    """A figure that takes a moment to compute and says how often it was."""

    def __init__(self, *, fails_first=False):
        self.times = 0
        self.fails_first = fails_first

    def __call__(self):
        self.times += 1
        time.sleep(0.02)
        if self.fails_first and self.times == 1:
            raise ZeroDivisionError
        return self.times


def test_of_many_who_ask_at_once_one_computes():
    compute, said = Counted(), []
    key = object()
    threads = [
        threading.Thread(target=lambda: said.append(remembered(key, compute))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == [1] * 8


def test_a_figure_that_failed_is_not_kept():
    compute, key = Counted(fails_first=True), object()

    with pytest.raises(ZeroDivisionError):
        remembered(key, compute)
    assert [remembered(key, compute) for _ in range(3)] == [2, 2, 2]


def test_a_figure_that_is_nothing_is_kept_too():
    asked, key = [], object()

    assert [remembered(key, lambda: asked.append(1)) for _ in range(3)] == [None] * 3
    assert asked == [1]


def test_a_figure_may_be_made_of_another():
    inner, outer = object(), object()

    assert remembered(outer, lambda: remembered(inner, lambda: 20) + 1) == 21


def test_the_longest_unused_is_given_up():
    old, used, again = object(), object(), []
    remembered(old, lambda: 1)
    remembered(used, lambda: 1)
    for _ in range(MOST - 1):
        remembered(object(), lambda: 1)
        remembered(used, lambda: again.append("used"))
    remembered(old, lambda: again.append("old"))

    assert again == ["old"]
