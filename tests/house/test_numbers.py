"""Whole numbers in text from outside are read by one function, however long the text is."""

import ast

import pytest
from tree import calls, dotted, faults_of, product, source

HERE = "issues.ground.numbers"
JUDGES = frozenset({"isdigit", "isdecimal", "isnumeric"})
OWN_TEXT = {
    "config_values": "the environment is read before anything of issues may be imported",
    "issues.api.openapi.bodies": "the codes of our own words",
    "issues.rules.dates.dated": "rules stand on the standard library; a pattern bounds it",
    "issues.rules.dates.periods": "the same",
    "issues.rules.dates.terms": "the same",
    "issues.notices.page.figures": "the signs of a line as it is set, not their value",
    "issues.notices.page.lines": "the same",
}
"""Where digits are judged or turned into a number otherwise, and why nothing long gets there."""
OWN_NUMBERS = {
    "issues.api.door.values": "a Decimal of a column",
    "issues.counters": "the end of a number that a pattern let through",
    "issues.evidence.decoding": "what our own decoder is told, over a pipe",
    "issues.evidence.flags.twins": "a fingerprint we wrote, in base 16",
    "issues.evidence.intake.pdf": "two digits in base 16",
    "issues.evidence.quota": "a sum of the database",
    "issues.evidence.storage.s3": "a length the store told",
    "issues.evidence.withdrawing": "ids our own rows keep",
    "issues.exchange.looks.shown": "a Decimal that was bounded",
    "issues.exchange.workbook.cells": "a Decimal that was bounded",
    "issues.ground.documents": "a figure whose length was judged",
    "issues.ground.shape": "a Decimal of a column",
    "issues.jobs.steps": "the unit of work our own jobs wrote",
    "issues.notices.drafting": "an occurrence our own triggers wrote",
    "issues.operations": "sums of our own counts, and the class of time they wrote",
    "issues.queries": "a sum of the database",
    "issues.web.dossiers.page": "a sum of the database",
} | OWN_TEXT


def judges_digits(one):
    if one.name == HERE or one.name in OWN_TEXT:
        return
    for call in calls(one.tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in JUDGES:
            yield f"line {call.lineno} asks .{call.func.attr}(); ask {HERE}"


def makes_numbers(one):
    """int() of anything but arithmetic of our own, and `type=int` of a form or a query."""
    if one.name == HERE or any(
        one.name == name or one.name.startswith(f"{name}.") for name in OWN_NUMBERS
    ):
        return
    for call in calls(one.tree):
        if dotted(call.func) == "int" and call.args and not _is_ours(call.args[0]):
            yield f"line {call.lineno} calls int(); {HERE}.whole reads text from outside"
        if any(word.arg == "type" and dotted(word.value) == "int" for word in call.keywords) and (
            dotted(call.func).endswith((".get", ".getlist"))
        ):
            yield f"line {call.lineno} lets int() read a field"


def _is_ours(argument):
    """Arithmetic, or a duration in seconds."""
    is_seconds = isinstance(argument, ast.Call) and dotted(argument.func).endswith("total_seconds")
    return isinstance(argument, ast.BinOp | ast.Constant) or is_seconds


BAD = [
    (judges_digits, "issues/web/board/page.py", "x = raw.isdigit()"),
    (judges_digits, "issues/exchange/reading/cells.py", "x = raw.isdecimal()"),
    (judges_digits, "issues/notices/answering.py", "x = [one for one in y if one.isnumeric()]"),
    (makes_numbers, "issues/web/board/page.py", "x = int(request.args['page'])"),
    (makes_numbers, "issues/api/door/sent.py", "x = int(raw[:6])"),
    (makes_numbers, "issues/supervision/calendar.py", "x = int(text)"),
    (makes_numbers, "issues/web/board/page.py", "x = request.args.get('page', 1, type=int)"),
]
GOOD = [
    (judges_digits, "issues/ground/numbers.py", "x = raw.isdigit()"),
    (judges_digits, "issues/rules/dates/periods.py", "x = words[0].isdigit()"),
    (makes_numbers, "issues/ground/numbers.py", "x = int(text)"),
    (makes_numbers, "issues/web/board/map_drawing.py", "x = int(width // 3)"),
    (makes_numbers, "issues/commands/policy.py", "click.argument('number', type=int)"),
    (makes_numbers, "issues/jobs/steps/plan_lookbacks.py", "x = int(unit)"),
]


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_planted_fault(check, path, text):
    assert list(check(source(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), GOOD)
def test_the_check_leaves_good_code_alone(check, path, text):
    assert not list(check(source(path, text)))


@pytest.mark.parametrize("check", [judges_digits, makes_numbers])
def test_numbers_from_outside_are_read_in_one_place(check):
    assert faults_of(check, product()) == []
