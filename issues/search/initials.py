"""A Chinese name as a hurried clerk types it: 涪城区 is fcq, or fuchengqu.

The readings are the list of pypinyin, read as the file it is: the library itself takes 58 MB and
0.6 s of each process for phrases. What sounds differently from name to name (长赤镇, 县长) is
found by either reading.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from itertools import product
from pathlib import Path
from typing import NamedTuple

from issues.ground.numbers import whole

LIBRARY, READINGS = "pypinyin", "pypinyin/pinyin_dict.json"
MOST_SIGNS = 40
MOST_SPELLINGS = 8
UNREAD = "*"
"""A sign without a reading parts a name: a star, which nobody types."""
BOTH = {
    "长": "cz", "重": "cz", "朝": "cz", "曾": "cz", "藏": "cz", "传": "cz", "种": "zc", "盛": "sc",
    "乐": "ly", "行": "xh", "厦": "xs", "单": "ds", "解": "jx", "降": "jx", "校": "xj", "调": "td",
    "屏": "pb", "埔": "pb", "堡": "bp", "番": "fp", "蔚": "wy", "涌": "yc", "圩": "wx", "铅": "qy",
    "筠": "yj", "犍": "jq", "荥": "xy", "查": "cz", "翟": "zd", "仇": "qc", "阿": "ae", "车": "cj",
    "弹": "dt", "拓": "tz", "覃": "qt", "会": "hk", "尉": "wy",
}  # fmt: skip
"""Signs that begin with one letter or another, by the place or the word they stand in."""
ALSO = {
    "都": ("dou", "du"), "畜": ("chu", "xu"), "薄": ("bao", "bo"), "柏": ("bai", "bo"),
    "落": ("luo", "la"), "绿": ("lv", "lu"),
}  # fmt: skip
"""Signs whose readings in names the list of usual ones has not."""
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd]")


class Spelt(NamedTuple):
    """One way to type a name in Latin letters, and which sign of it each letter is of."""

    line: str
    places: tuple[int, ...]


def spellings(name: str) -> list[Spelt]:
    """A name's first Chinese characters by their initials, and in full, as they may be read."""
    signs = [(n, sign) for n, sign in enumerate(name) if _HAN.match(sign)][:MOST_SIGNS]
    readings, count = [], 1
    for _, sign in signs:
        own = _readings().get(sign, (UNREAD,))
        own = own if count * len(own) <= MOST_SPELLINGS else own[:1]
        count *= len(own)
        readings.append(own)
    if not readings:
        return []
    ways = list(product(*readings))
    told = [_spelt(signs, [one[0] for one in way]) for way in ways]
    return list(dict.fromkeys((*told, *(_spelt(signs, way) for way in ways))))


def in_full(name: str) -> list[str]:
    """The ways to type the whole of a name, none where a sign of it has no known reading."""
    ways = [one.line for one in spellings(name)]
    return [line for line in ways if len(line) > len(name) and UNREAD not in line]


def _spelt(signs: Sequence[tuple[int, str]], way: Sequence[str]) -> Spelt:
    places = (n for (n, _), said in zip(signs, way, strict=True) for _ in said)
    return Spelt("".join(way), tuple(places))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """How each sign is read, without its tone: the usual way, or each of `BOTH`. Once a process."""
    path = Path(str(distribution(LIBRARY).locate_file(READINGS)))
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    same: dict[str, tuple[str, ...]] = {}
    for code, told in kept.items():
        if (number := whole(code, 0, sys.maxunicode)) is None:
            continue
        sign = chr(number)
        own = _either(told, BOTH[sign]) if sign in BOTH else (_plain(told.partition(",")[0]),)
        found[sign] = same.setdefault(own[0], own) if len(own) == 1 else own
    return found | ALSO


def _either(told: str, letters: str) -> tuple[str, ...]:
    """The first reading that begins with each of the letters."""
    readings = [_plain(one) for one in told.split(",")]
    firsts = (next((one for one in readings if one[0] == letter), letter) for letter in letters)
    return tuple(firsts)


@cache
def _plain(reading: str) -> str:
    """lǜ is lv, as it is typed."""
    spelt = unicodedata.normalize("NFD", reading.casefold()).replace("u\u0308", "v")
    return "".join(sign for sign in spelt if sign.isascii() and sign.isalpha()) or UNREAD
