"""How a ticket begins on the pages: what the office writes, until a unit has it."""

from people import BAZHOU, BUREAU

from issues.vocabulary import Action

TICKET = {
    "source": "AF",
    "title": "大茅坪镇场镇生活污水直排河道",
    "problem": "场镇污水管网破损渗漏，生活污水经雨水沟直排小溪河。",
    "region": BAZHOU,
    "place": "大茅坪镇场镇",
    "goal": "完成破损管网修复2.4公里，污水全收集。",
    "criteria": "沿线无直排，水质达标。",
    "deadline": "2026-06-30",
    "primary_unit": BAZHOU,
    "lead_unit": BUREAU,
    "acceptance_unit": BUREAU,
}


def registered(desk):
    sun = desk("sun")
    sun.open("/issues/new")
    sun.fill(TICKET)
    sun.press(Action.REGISTER.label)
    number = sun.heading.split()[0]
    assert number.startswith("BZ-AF-2025-")
    assert "待交办" in sun.text
    sun.press(Action.ASSIGN.label)
    assert "待签收" in sun.text
    return number
