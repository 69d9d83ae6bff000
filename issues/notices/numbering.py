"""文号: 代字〔2025〕1号, counted by 代字 and year, taken in the transaction of the signing."""

from issues.counters import take
from issues.notices.letterhead import words
from issues.vocabulary import NoticeKind


def take_number(kind: NoticeKind, year: int) -> str:
    """The next number; it is given back where the transaction fails, so there is no gap."""
    prefix = f"{words()['notice_series'][kind.value]}〔{year}〕"
    return f"{prefix}{take(f'notice {prefix}')}号"
