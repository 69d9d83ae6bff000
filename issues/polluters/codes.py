"""The code of a body corporate (统一社会信用代码, GB 32100-2015), with its check character."""

import re

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, Z, S and V, which are misread."""
SHAPE = re.compile(rf"[{SIGNS}]{{2}}\d{{6}}[{SIGNS}]{{10}}")
BASE = len(SIGNS)
LENGTH = 18


def check_sign(first: str) -> str:
    """The last character, of the seventeen before it."""
    total = sum(SIGNS.index(sign) * pow(3, place, BASE) for place, sign in enumerate(first))
    return SIGNS[-total % BASE]


def fault(code: str) -> str:
    """What is wrong with it, in a sentence; empty where nothing is."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为{LENGTH}位"
    if not SHAPE.fullmatch(code):
        return "统一社会信用代码只有数字和大写字母，不用I、O、S、V、Z，第3至8位是数字"
    if check_sign(code[:-1]) != code[-1]:
        return "统一社会信用代码的校验位不符，请核对有没有抄错"
    return ""
