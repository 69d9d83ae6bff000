"""Figures 16, 17 and 19: every address, asked for what is one's own, another's and nobody's."""

import re

import pytest
import tally
from asking import SAID, address, is_call, is_let_in, missing, name_of, routes
from expected import NOT_IN_THE_CITY, expected
from letters import LETTERS, THE_OTHER_UNIT
from tally import part, tell

ADMINISTRATORS = "sca"
NUMBERS = re.compile(r"BZ-[A-Z]{2}-\d{4}-\d{3}|[0-9A-F]{8}|csrf[^>]*|\d+")


def probe(asking, letter, method, rule, given):
    body = {"json": {}} if is_call(rule) and method != "GET" else {}
    if method != "GET" and (named := SAID.get(rule.rule)):
        many = {"content_type": "multipart/form-data"} if is_call(rule) else {}
        body = {"data": {named: given[named]}} | many
    answer = asking.ask(LETTERS[letter], method, rule, address(rule, given), **body)
    if method != "GET" and is_let_in(answer):  # a refusal leaves a line of the history alone
        asking.undo()
    return answer


def said(answer):
    """What is told without the number that was asked for and the one of the request."""
    return answer.status_code, NUMBERS.sub("", answer.get_data(as_text=True))


def wrong_doors(asking, app, share=1, places=""):
    """(what is unexpected, how many were asked, how many of them by the three)."""
    found, before, by_three = [], asking.asked, 0
    reads_first = sorted(routes(app), key=lambda one: one[0] != "GET")
    for turn, (method, rule) in enumerate(reads_first):
        name = name_of(method, rule)
        may = expected(name)
        if name in NOT_IN_THE_CITY or places not in rule.rule:
            continue
        if may is None:
            found.append((name, "", "nobody typed who may"))
            continue
        for letter in part(LETTERS, share, turn):
            asked = asking.asked
            found += _at_one_door(asking, letter, method, rule, may, turn)
            by_three += asking.asked - asked if letter in ADMINISTRATORS else 0
    return found, asking.asked - before, by_three


def _at_one_door(asking, letter, method, rule, may, turn):
    """In the suite each door is asked for something foreign or for nothing at all, by turns."""
    circles = {"own": may}
    if rule.arguments and (tally.FULL or turn % 2):
        circles["foreign"] = may.translate(THE_OTHER_UNIT)
    for whose, circle in circles.items():
        answer = probe(asking, letter, method, rule, getattr(asking.city, whose))
        if is_let_in(answer) != (letter in circle):
            yield name_of(method, rule), letter, whose, answer.status_code
    asked = missing(rule)
    if asked and (tally.FULL or turn % 2 == 0):
        none = probe(asking, letter, method, rule, asking.city.own | asked)
        yield from _tells(asking, letter, method, rule, none)


def _tells(asking, letter, method, rule, none):
    """Where who may not see a thing is told another story than where there is none."""
    name = name_of(method, rule)
    if "number" not in rule.arguments or "polic" in rule.rule:
        return
    if none.status_code < 400 and is_let_in(none):
        yield name, letter, "missing", none.status_code
    if letter in "wW":
        theirs = probe(asking, letter, method, rule, asking.city.own)
        if said(theirs) != said(none):
            yield name, letter, "foreign and missing differ", theirs.status_code, none.status_code


@pytest.mark.postgresql
def test_every_door_opens_to_whom_it_should_and_to_nobody_else(asking, app, database):
    found, tried, by_three = wrong_doors(asking, app, 1 if tally.FULL else 8)

    known = [name_of(*one) for one in routes(app)]
    left_out = NOT_IN_THE_CITY.intersection(known)
    assert len(left_out) <= len(known) / 20
    tell(19, "三员", by_three, [one for one in found if one[1] in [*ADMINISTRATORS]], database)
    kept = [one for one in asking.untold if one[2] in {"Cache-Control", "Vary"}]
    tell(22, "共享缓存（各人各地址的回答）", asking.asked, kept, database)
    tell(23, "响应头（各人各地址的回答）", asking.asked, asking.untold, database)
    told = f"{len(known) - len(left_out)} / {len(known)} 条路由"
    tell(16, f"越权访问对象（{told}）", tried, found, database)


def test_with_the_guard_off_a_door_that_opens_is_found(asking, app, monkeypatch):
    monkeypatch.setattr(tally, "FULL", False)
    monkeypatch.setattr("issues.web.door.guards.holds", lambda *_: True)

    found, _, _ = wrong_doors(asking, app, 8, "/admin/")

    assert len(found) > 10
