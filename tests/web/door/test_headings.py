"""A refusal is headed by its cause: 他人 stands over a page only where somebody came between."""

import pytest

from issues.evidence.refusals import EvidenceRefused
from issues.ground.database import Collided
from issues.ground.refusals import Incomplete, Refusal, Stale, WrongStatus
from issues.ground.secrecy.marking import Marked
from issues.vocabulary import Status

OVERTAKEN = "内容已被他人更改或办理"
FITTING = {409: (Collided,), 422: (Incomplete, Marked)}
"""By status, the refusals that the heading of all of that status fits."""
NOW_NOT = "现在不能办理"


def kinds_under(root):
    """Those that can reach a page: a command's own refusal is only printed."""
    for kind in root.__subclasses__():
        if kind.__module__.startswith(("issues.", "auth.")):
            yield kind
        yield from kinds_under(kind)


def unfitting(kinds):
    """Of the statuses with several causes, the refusals that would be headed by another's."""
    return sorted(
        kind.__name__
        for kind in kinds
        if not kind.heading
        and kind.status in FITTING
        and not issubclass(kind, FITTING[kind.status])
    )


def test_every_refusal_of_a_status_with_several_causes_has_its_own_heading(app):
    known = {*kinds_under(Refusal), *kinds_under(EvidenceRefused)}

    assert {WrongStatus, Stale, Incomplete, Collided, Marked} <= known
    assert unfitting(known) == []
    assert [kind for kind in known if "他人" in kind.heading and not issubclass(kind, Stale)] == []


def test_one_without_a_heading_is_seen():
    bare = type("Bare", (Refusal,), {"status": 409})
    told = type("Told", (Refusal,), {"status": 409, "heading": NOW_NOT})

    assert unfitting([bare, told, Collided, Incomplete]) == ["Bare"]


@pytest.mark.parametrize(
    ("name", "rest"),
    [("chen", "/publicity"), ("sun", "/acts/close"), ("sun", "/publicity.pdf")],
)
def test_a_wrong_status_is_nobody_elses_doing(browser, make_issue, monkeypatch, name, rest):
    issue = make_issue(Status.RECTIFYING)
    url = f"/issues/{issue.number}{rest}"

    page = browser.as_(name).get(url, expect=409)

    assert page.heading == NOW_NOT
    assert "他人" not in page.text
    monkeypatch.setattr(WrongStatus, "heading", "")
    assert browser.as_(name).get(url, expect=409).heading == OVERTAKEN, "the fault as it was"
