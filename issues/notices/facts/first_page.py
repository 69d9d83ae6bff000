"""The first page of a paper with a city's words, as they are or as they may become."""

from collections.abc import Mapping
from typing import Any

from issues.city.lines import BY_KEY
from issues.city.words import Words, placed
from issues.notices.facts import letterhead, templates
from issues.notices.kinds import REPORT, TEMPLATES
from issues.notices.kinds.sample import sample
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.vocabulary import NoticeKind, Source

YEAR = 2026
TO_ALL = frozenset({NoticeKind.N5, NoticeKind.N7})


def first_page_facts(name: str, words: Words) -> NoticeFactsDoc:
    """The example of a template, written with these words; what they lack is told at its place."""
    kind = TEMPLATES[name].kind
    facts = sample(name, templates.in_force(name)[1])
    facts["issuer"] = letterhead.issuer(kind, words)
    facts["basis"] = letterhead.basis({Source.AF}, words)
    facts["contact"] = letterhead.contact(words)
    facts["urgency"] = words["notice_urgency"].get(kind.value) or None
    facts["copies"] = list(words["notice_copies"].get(kind.value) or [])
    facts["number"] = f"{_series(name, words)}〔{YEAR}〕1号"
    if facts.get("form") == REPORT:
        facts["copies"] = letterhead.report_to(words)
    elif kind in TO_ALL:
        facts["unit_name"] = letterhead.to_all(kind, words)
    return facts


def _series(name: str, words: Words) -> str:
    kind = name.partition("-")[0]
    known = words["notice_series"]
    unset = letterhead.unset(f"series_{kind.lower()}")
    return str(known.get(name) or known.get(kind) or unset)


def with_said(words: Words, sent: Mapping[str, Any]) -> Words:
    """The words with what stands in the form, line by line; nothing of it is kept."""
    told = dict(words)
    for key, value in sent.items():
        line = BY_KEY[key]
        told[line.setting] = placed(told[line.setting], line.path, value)
    return told
