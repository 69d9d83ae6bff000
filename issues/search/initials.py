"""The first letters of a Chinese name as a hurried clerk types them: 巴州区 is bzq.

The readings are the list of pypinyin, read as the file it is: the library itself takes 58 MB and
0.6 s of each process for phrases. What sounds differently from name to name (长赤镇, 县长) is
found by either letter.
"""

import json
import re
import sys
import unicodedata
from functools import cache
from importlib.metadata import distribution
from itertools import product
from pathlib import Path

from issues.ground.numbers import whole

LIBRARY, READINGS = "pypinyin", "pypinyin/pinyin_dict.json"
MOST_SIGNS = 40
MOST_SPELLINGS = 8
BOTH = {
    "长": "cz", "重": "cz", "朝": "cz", "曾": "cz", "藏": "cz", "传": "cz", "种": "zc", "盛": "sc",
    "乐": "ly", "行": "xh", "厦": "xs", "单": "ds", "解": "jx", "降": "jx", "校": "xj", "调": "td",
    "屏": "pb", "埔": "pb", "堡": "bp", "番": "fp", "蔚": "wy", "涌": "yc", "圩": "wx", "铅": "qy",
    "筠": "yj", "犍": "jq", "荥": "xy", "查": "cz", "翟": "zd", "仇": "qc", "阿": "ae", "车": "cj",
    "弹": "dt", "拓": "tz", "覃": "qt", "会": "hk", "尉": "wy",
}  # fmt: skip
"""Signs that begin with one letter or another, by the place or the word they stand in."""
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd]")


def spellings(name: str) -> tuple[tuple[int, ...], list[str]]:
    """The places of a name's first Chinese characters, and the initials they may be spelt by."""
    signs = [(n, sign) for n, sign in enumerate(name) if _HAN.match(sign)][:MOST_SIGNS]
    letters, count = [], 1
    for _, sign in signs:
        own = _letters(sign)
        own = own if count * len(own) <= MOST_SPELLINGS else own[:1]
        count *= len(own)
        letters.append(own)
    if not letters:
        return (), []
    return tuple(n for n, _ in signs), ["".join(each) for each in product(*letters)]


def _letters(sign: str) -> str:
    """A sign without a reading parts a name: a star, which nobody types."""
    return BOTH.get(sign) or _readings().get(sign, "*")


@cache
def _readings() -> dict[str, str]:
    """The first letter of each sign's usual reading. Read once a process."""
    path = Path(str(distribution(LIBRARY).locate_file(READINGS)))
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    signs = ((whole(code, 0, sys.maxunicode), readings) for code, readings in known.items())
    return {chr(code): _letter(readings) for code, readings in signs if code is not None}


def _letter(readings: str) -> str:
    return unicodedata.normalize("NFD", readings[0])[0].casefold()
