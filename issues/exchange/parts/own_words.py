"""A deadline that stands in a measure's own words: in a bracket at its end, or where it begins."""

import re

from issues.ground import signs
from issues.rules.dates.deadlines import UnreadableDeadline, read_deadline
from issues.rules.policy import Policy

UNITS = "责任单位"
LONGEST_DEADLINE = 120
_END = " 。.;；\n"
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]\Z")
_LABEL = re.compile(
    r"(?:完成|整改|办理)?(?:时限|期限|时间)\s*[:：]\s*|(?:要求|须|应)?(?:于|在)(?=\d{4}年)"
)
_HEAD = re.compile(
    r"(?:于|在)?\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:年?[底末])?(?:之前|以前|前|内)(?:完成)?"
)
_PIECES = re.compile(r"([，,；;])")


def split_units(text: str) -> tuple[str, str]:
    """A measure's words, and the names in （责任单位：…） at their end, "" where there is none."""
    whole = text.rstrip(" 。.;；\n")
    start = max(whole.rfind("（" + UNITS), whole.rfind("(" + UNITS))
    if start < 0 or whole[-1] not in ")）":
        return text, ""
    return text[:start].rstrip(), whole[start + 1 : -1]


def day_in_bracket(text: str, policy: Policy) -> tuple[str, str]:
    """The text, and the deadline in a bracket at its end that names no units.

    The bracket is taken off the text where it says nothing else.
    """
    bare = text.rstrip(_END)
    match = _BRACKET.search(bare)
    if match is None or UNITS in match[1]:
        return text, ""
    rest, words = day_among(match[1], policy)
    return (bare[: match.start()].rstrip() if words and not rest else text), words


def day_among(names: str, policy: Policy) -> tuple[str, str]:
    """The words of a bracket without the one piece that is a deadline, and that piece."""
    pieces = _PIECES.split(names)
    for place in range(0, len(pieces), 2):
        words = _LABEL.sub("", pieces[place].strip(), count=1)
        if _is_deadline(words, policy):
            before, after = pieces[: max(place - 1, 0)], pieces[place + (1 if place else 2) :]
            return "".join([*before, *after]).strip(), words
    return names, ""


def day_in_words(text: str, policy: Policy) -> str:
    """The one deadline that a measure begins or ends with; "" where there are two, or none."""
    plain = signs.folded(text).rstrip(_END)
    head = _HEAD.match(plain)
    tail = re.split(r"[,;。\n]", plain)[-1]
    said = {words for words in (head[0] if head else "", tail) if _is_deadline(words, policy)}
    return said.pop() if len(said) == 1 else ""


def _is_deadline(words: str, policy: Policy) -> bool:
    """Words with a figure in them that say a day."""
    if len(words) > LONGEST_DEADLINE or not re.search(r"\d", words):
        return False
    try:
        return read_deadline(words, None, policy).on is not None
    except UnreadableDeadline:
        return False
