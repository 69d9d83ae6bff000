"""C18: a place named in a text that lies in another county than the ticket."""

import re
from collections.abc import Iterator

from issues.rules.contradictions.sources import Found, Paper
from issues.rules.contradictions.words import clause_end, plain, sentence_start
from issues.vocabulary import ContradictionKind, SourceKind

SAID = (SourceKind.LEDGER, SourceKind.REPORT, SourceKind.REPLY, SourceKind.CLAIM)
_WITHIN = re.compile(r"(?:境内)?[一-鿿]{1,6}?(?:镇|乡|街道|社区|村)")
_ELSEWHERE = re.compile(
    r"运往|转运|运至|送至|送往|送到|外运|转移|处置|联合|协同|配合|会同|比照|借鉴|参照|学习|参考|考察|对接"
    r"|下游|上游|交界|邻近|相邻|毗邻|跨界|流入|汇入|举一反三|户籍|来自|原籍|企业|公司|填埋场|焚烧|消纳"
)


def other_county(paper: Paper) -> Iterator[Found]:
    """“三台县潼川镇…” in a text of a ticket of another county that names its own nowhere."""
    if not paper.county:
        return
    for text in paper.of(*SAID):
        words = plain(text.text)
        if paper.county in words:
            continue
        for other in paper.others:
            place = words.find(other)
            within = _WITHIN.match(words, place + len(other)) if place >= 0 else None
            if within is None or other in paper.own_words:
                continue
            begin = sentence_start(words, place)
            if _ELSEWHERE.search(words[begin : clause_end(words, within.end())]):
                continue
            yield Found(
                ContradictionKind.OTHER_COUNTY,
                f"文字写在{other}，事项的行政区域为{paper.county}",
                text.side(place, within.end()),
                paper.ticket(f"行政区域{paper.county}"),
            )
