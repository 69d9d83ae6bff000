"""A number format's code, taken apart: what of a number it shows and what it leaves out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum, auto
from functools import cached_property

MOST_SECTIONS = 4
LONGEST_CODE = 255
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<noon>AM/PM|A/P|上午/下午)|(?P<general>General|G/通用格式)"
    r"|(?P<power>E[+-][0#?]+)|(?P<date>e+|y+|m+|d+|h+|s+|a{3,4}|g{1,3}|b{2,4})"
    r"|(?P<digits>[0#?][0#?,]*)|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_HOLDS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
_SIGNS = str.maketrans("", "", "-()（） ")


class Grain(Enum):
    """What a date's format shows of it; OTHER is a part that names no day: a time, a weekday."""

    DAY = auto()
    DAY_OF_YEAR = auto()
    MONTH = auto()
    MONTH_ALONE = auto()
    YEAR = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Section:
    """One of the parts of a code between semicolons, as (kind, text)."""

    tokens: tuple[tuple[str, str], ...]

    @property
    def condition(self) -> tuple[str, Decimal] | None:
        found = (_CONDITION.fullmatch(text) for kind, text in self.tokens if kind == "bracket")
        match = next((match for match in found if match), None)
        return (match[1], Decimal(match[2])) if match else None

    @cached_property
    def date_letters(self) -> list[str]:
        """The runs of date letters, a run of m that means minutes as n."""
        runs = [text.lower() for kind, text in self.tokens if kind == "date"]
        for place, run in enumerate(runs):
            after_hour = place > 0 and runs[place - 1][0] == "h"
            before_second = place + 1 < len(runs) and runs[place + 1][0] == "s"
            if run[0] == "m" and (after_hour or before_second):
                runs[place] = "n" * len(run)
        return runs

    @property
    def is_elapsed(self) -> bool:
        return any(kind == "bracket" and _ELAPSED.fullmatch(text) for kind, text in self.tokens)

    @property
    def grain(self) -> Grain:
        runs = self.date_letters
        year = any(run[0] in "yeb" for run in runs)
        month = any(run[0] == "m" for run in runs)
        day = any(run in {"d", "dd"} for run in runs)
        if day and month:
            return Grain.DAY if year else Grain.DAY_OF_YEAR
        if month and not day:
            return Grain.MONTH if year else Grain.MONTH_ALONE
        return Grain.YEAR if year and not day else Grain.OTHER

    @property
    def is_empty(self) -> bool:
        """Nothing of a number is shown by it."""
        return (
            not self.pattern
            and not self.literal
            and not self._has("general", "at", "date", "power")
        )

    @cached_property
    def pattern(self) -> str:
        """The places of digits with their point, as #,##0.00 is."""
        return "".join(t for k, t in self.tokens if k == "digits" or (k == "rest" and t == "."))

    @property
    def power(self) -> str:
        return next((text for kind, text in self.tokens if kind == "power"), "")

    @property
    def percents(self) -> int:
        return sum(kind == "rest" and text == "%" for kind, text in self.tokens)

    @property
    def thousands(self) -> int:
        """How often the number is divided by a thousand before it is shown."""
        return sum(len(run) - len(run.rstrip(",")) for run in self._runs())

    @property
    def decimals(self) -> int:
        return sum(sign in "0#?" for sign in self.pattern.partition(".")[2])

    @property
    def least_digits(self) -> int:
        return self.pattern.partition(".")[0].count("0")

    @property
    def is_fraction(self) -> bool:
        return bool(self.pattern) and ("rest", "/") in self.tokens

    @property
    def is_broken(self) -> bool:
        """Words stand between its digits, as in 0!.0,"万"."""
        kinds = [kind for kind, text in self.tokens if kind == "digits" or _is_words(kind, text)]
        first, last = _ends(kinds)
        return "literal" in kinds[first:last]

    @cached_property
    def literal(self) -> str:
        """The words it puts before and behind."""
        return "".join(t for k, t in self.tokens if k == "literal").strip()

    @property
    def is_general(self) -> bool:
        return self._has("general", "at")

    def around(self) -> tuple[str, str]:
        """Words before the digits and behind them, without the marks of a sign."""
        digits = {"digits", "general"}
        places = [place for place, (kind, _) in enumerate(self.tokens) if kind in digits]
        first, last = (places[0], places[-1]) if places else (len(self.tokens), -1)
        parts = (self.tokens[:first], self.tokens[last + 1 :] if places else ())
        before, behind = ("".join(t for k, t in part if k == "literal") for part in parts)
        return before.translate(_SIGNS).strip(), behind.strip().strip("()（）")

    def _runs(self) -> list[str]:
        return [text for kind, text in self.tokens if kind == "digits"]

    def _has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def rounded(self, value: Decimal) -> Decimal:
        """The number it shows, were there no division by thousands."""
        scaled = value * 100**self.percents
        try:
            if self.power:
                digits = Decimal(1).scaleb(scaled.adjusted() - self.decimals)
                return scaled.quantize(digits, ROUND_HALF_UP) if scaled else scaled
            return scaled.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        except InvalidOperation:
            return scaled


@dataclass(frozen=True)
class Format:
    code: str

    @cached_property
    def sections(self) -> list[Section]:
        return list(_sections(self.code[:LONGEST_CODE]))[:MOST_SECTIONS]

    @cached_property
    def is_plain(self) -> bool:
        """It shows a number as it is: General, or the format of texts."""
        first = self.sections[0] if len(self.sections) == 1 else None
        kinds = {kind for kind, _ in first.tokens} if first else set()
        return kinds in ({"general"}, {"at"})

    @cached_property
    def hides_text(self) -> bool:
        return len(self.sections) == MOST_SECTIONS and not self.sections[3].tokens

    def section(self, value: Decimal) -> Section:
        """The one that shows this number."""
        parts = self.sections[:3]
        if any(part.condition for part in parts):
            return next((part for part in parts if _fits(part, value)), parts[-1])
        if value < 0 and len(parts) > 1:
            return parts[1]
        return parts[2] if value == 0 and len(parts) > 2 else parts[0]  # noqa: PLR2004 - of noughts

    def loses_sign(self, section: Section, value: Decimal) -> bool:
        """A part of its own for numbers below nought that shows no sign of it."""
        is_own = value < 0 and len(self.sections) > 1 and section is self.sections[1]
        return is_own and not any(sign in section.literal for sign in "-(（")


def _fits(part: Section, value: Decimal) -> bool:
    if part.condition is None:
        return True
    sign, other = part.condition
    return _HOLDS[sign](value, other)


def _sections(code: str) -> Iterator[Section]:
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "rest" and text == ";":
            yield Section(tuple(tokens))
            tokens = []
        elif token := _token(kind, text):
            tokens.append(token)
    yield Section(tuple(tokens))


def _token(kind: str | None, text: str) -> tuple[str, str] | None:
    if kind in {"quoted", "escaped"}:
        return "literal", text
    if kind == "bracket" and text.startswith("$"):
        return "literal", text[1:].partition("-")[0]
    if kind == "rest" and text == "@":
        return "at", text
    if kind == "rest" and text not in "%/.":
        return "literal", text
    return (kind, text) if kind else None


def _is_words(kind: str, text: str) -> bool:
    return kind == "literal" and bool(text.strip())


def _ends(kinds: Sequence[str]) -> tuple[int, int]:
    places = [place for place, kind in enumerate(kinds) if kind == "digits"]
    return (places[0], places[-1]) if places else (0, 0)
