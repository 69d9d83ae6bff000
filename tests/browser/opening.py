"""How a ticket begins on the pages: what the office writes, until a unit has it."""

from make import DETAIL

from issues.vocabulary import Action


def registered(desk):
    sun = desk("sun")
    sun.open("/issues/new")
    sun.fill(DETAIL)
    sun.press(Action.REGISTER.label)
    number = sun.heading.split()[0]
    assert number.startswith("BZ-AF-2025-")
    assert "待交办" in sun.text
    sun.press(Action.ASSIGN.label)
    assert "待签收" in sun.text
    return number
