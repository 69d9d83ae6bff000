"""A page drawn as one before is not judged again; whatever a check may ask for makes it another."""

import page_checks
import pytest
from markup import parse

PAGE = (
    '<html lang="zh-CN"><head><title>台账 红黄绿督办</title></head><body><h1>台账</h1>'
    '<form method="post" action="/x"><input type="hidden" name="csrf_token" value="{token}">'
    "<button>保存</button></form><p>{said}</p><time>2025-11-25 {clock}</time></body></html>"
)
DRAWN = {"token": "a" * 40, "said": "没有问题。", "clock": "09:00"}


@pytest.fixture(autouse=True)
def _nothing_judged_yet(monkeypatch):
    monkeypatch.setattr(page_checks, "_faultless", set())


def judged(**changed):
    """The faults told, and whether the page was read for them."""
    html, read = PAGE.format(**DRAWN | changed), []

    def tree():
        read.append(html)
        return parse(html)

    return page_checks.faults_once(html, tree), bool(read)


@pytest.mark.parametrize("fresh", [{}, {"token": "b" * 40}, {"clock": "17:45"}])
def test_what_is_new_in_each_drawing_alone_is_not_read_again(fresh):
    assert judged() == ([], True)
    assert judged(**fresh) == ([], False)


@pytest.mark.parametrize(
    "said", ["None", "现在 rectifying", "时限:明天", '<img src="/a.png">', "<b style='x'>急</b>"]
)
def test_a_fault_is_found_beside_a_page_without_one_and_told_each_time(said):
    assert judged() == ([], True)
    for _ in range(2):
        faults, was_read = judged(said=said)
        assert faults
        assert was_read
