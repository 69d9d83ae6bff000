"""Which round of inspections the number of a letter names."""

import re

_NAMED = re.compile(r"[DX](\d)[A-Z]{2}\d{12}", re.ASCII)
_DIGITS = "零一二三四五六七八九"
UNNAMED = "编号未写明轮次"


def round_of(case_number: str | None) -> str:
    """D3SC202410210054 is of the third round; an earlier round's number names none."""
    named = _NAMED.fullmatch(case_number or "")
    return f"第{_DIGITS[int(named[1])]}轮" if named else UNNAMED
