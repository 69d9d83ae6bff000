"""Where a text says of a measure, or of all, that it is completed."""

import re
from collections.abc import Iterator

from issues.rules.contradictions.words import NOT_YET, plain

_OF_ONE = re.compile(
    r"措施\s*(\d{1,2})(?!\d)[^\d,。;!?\n\r(]{0,12}?已(?:经)?(?:全部|全面|按期|如期)?完成"
    r"(?:整改|施工|建设|任务)?(?=$|[,。;!\n\r])",
    re.ASCII,
)
_OF_ALL = re.compile(
    r"(?:各项|全部|所有)?(?:整改)?措施(?:均|都)?已(?:经)?(?:均|都)?(?:全部|全面)(?:按期|如期)?(?:整改)?完成"
    r"(?:整改)?(?=$|[,。;!\n\r])"
)


def numbered_done(text: str) -> Iterator[tuple[str, int, int]]:
    """(number, start, end) of “措施2已全部完成”."""
    for match in _OF_ONE.finditer(plain(text)):
        if not NOT_YET.search(match[0]):
            yield match[1], match.start(), match.end()


def all_done(text: str) -> tuple[int, int] | None:
    """Of “各项整改措施已全部完成”, where nothing before it in the sentence takes it back."""
    words = plain(text)
    match = _OF_ALL.search(words)
    if match is None:
        return None
    begin = max(words.rfind(mark, 0, match.start()) for mark in "。;!?\n\r") + 1
    doubt = re.search(r"除|外|其余|其他|若|待|预计|将|前", words[begin : match.start()])
    return None if doubt else match.span()
