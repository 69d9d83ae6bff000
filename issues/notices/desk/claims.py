"""What a person's paragraphs claim is proven like any other word of the paper, each at its own."""

import re
from collections.abc import Iterator, Sequence

from issues.notices.desk.overlay import Standing, id_of
from issues.notices.desk.shape import DeskFacts
from issues.notices.kinds.claims import Made
from issues.notices.kinds.proving import doubted_in, made_in
from issues.notices.kinds.shape import NoticeFactsDoc

FIELD = "paragraphs."
"""Begins the field of a paragraph's fault; its id follows."""
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")


def claims_of_desk(
    stands: Sequence[Standing], desk: DeskFacts, facts: NoticeFactsDoc
) -> list[tuple[str, Made]]:
    found = [
        (field, made) for field, words in _words(stands, desk) for made in made_in(words, facts)
    ]
    return list(dict.fromkeys(found))


def doubts_of_desk(stands: Sequence[Standing], desk: DeskFacts, facts: NoticeFactsDoc) -> list[str]:
    told = (one for _field, words in _words(stands, desk) for one in doubted_in(words, facts))
    return [f"“{words}”，系统没有记录，请核实。" for words in dict.fromkeys(told)]


def _words(stands: Sequence[Standing], desk: DeskFacts) -> Iterator[tuple[str, str]]:
    """A person's own sentences: one that the record has as well is the record's."""
    for one in stands:
        if not one.is_struck and one.text != one.record:
            known = set(_SENTENCE.findall(one.record or ""))
            own = "".join(said for said in _SENTENCE.findall(one.text) if said not in known)
            yield f"{FIELD}{one.id}", own
    for annex in desk.get("annexes") or []:
        said = [annex.get("title", ""), *(block.get("text", "") for block in annex["blocks"])]
        yield f"{FIELD}{id_of(annex['key'])}", "\n".join(said)
