"""Bodies that no list of units has, by the county they belong to: 三台县水利局, 某镇人民政府.

The reader of ledgers refuses such words; here the county stands for them and is a guess. What
names nobody (等相关部门, 市级有关部门) is left out.
"""

import re
from typing import NamedTuple

from issues.exchange.reading.unit_names import UnitsRead
from issues.texts.record import Known

_TOKENS = re.compile(r"([、，,；;。\n]+)")
SHORTEST = 3
_EACH = re.compile(r"(?<=.)(?:以及|[及和与])(?=各[县市])")
_NOBODY = re.compile(
    r"(?:市级|市直|县级|区级|各)?(?:有关|相关|成员|责任)(?:职能)?(?:部门|单位|企业)|等(?:(?:有关|相关)?(?:部门|单位))?"
)
_TAIL = re.compile(r"等(?:(?:有关|相关)(?:职能)?)?(?:部门|单位)?$")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


class Lower(NamedTuple):
    """The units of a text; of those that a county stands for, the words and the county."""

    read: UnitsRead
    stand: tuple[tuple[str, str], ...] = ()


def read(text: str, known: Known) -> Lower:
    whole = known.directory.read(text)
    if not whole.unknown:
        return Lower(whole)
    stand: list[tuple[str, str]] = []
    told = []
    for token in _TOKENS.split(_EACH.sub("、", text)):
        unknown = known.directory.read(token).unknown
        if not unknown:
            told.append(token)
            continue
        words = _TAIL.sub("", "" if _NOBODY.fullmatch(token.strip()) else token.strip())
        name = _known(words, known) if words else ""
        if name and known.directory.read(words).unknown:
            stand.append((words, name))
        told.append(name or (token if words else ""))
    return Lower(known.directory.read("".join(told)), tuple(stand))


def _known(words: str, known: Known) -> str:
    """The name of the unit itself, without what stands beside it, or of the county it is of."""
    directory = known.directory
    bare = _BRACKET.sub("", words)
    if not directory.read(bare).unknown:
        return bare
    head, _, body = words.rpartition("：")
    label = f"{head}：" if head else ""
    code = _begins_with(body, known) or _of_town(body, known)
    return f"{label}{directory.called(code)}" if code else ""


def _begins_with(words: str, known: Known) -> str:
    """The unit by whose name the words begin, or the county whose name without 县 they do."""
    directory = known.directory
    heads = (directory.find(words[:end]) for end in range(len(words) - 1, SHORTEST - 1, -1))
    stems = (code for code in directory.counties if words.startswith(directory.called(code)[:-1]))
    return next((code for code in (*heads, *stems) if code), "")


def _of_town(words: str, known: Known) -> str:
    """The county of the one town whose name the words begin with."""
    if known.below is None:
        return ""
    name = next(known.below.names_in(words), "")
    places = known.below.gazetteer.find(name) if name and words.startswith(name) else []
    if len(places) != 1:
        return ""
    return known.directory.body_of(known.below.gazetteer.county(places[0])) or ""
