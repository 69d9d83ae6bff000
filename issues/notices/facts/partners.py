"""联合行文机关: which the city may issue papers with, as its set-up says."""

from issues.city.words import words
from issues.notices.kinds.shape import NoticeFactsDoc


def known_partners() -> list[str]:
    """Their full names; a short one stands in brackets behind. One statement."""
    return [str(line).partition("（")[0].strip() for line in words()["notice_partners"]]


def unknown_partners(facts: NoticeFactsDoc) -> list[str]:
    """A sentence for each organ that the set-up does not name; nothing is asked of other papers."""
    chosen = facts.get("partners") or []
    if not chosen:
        return []
    known = set(known_partners())
    return [f"“{one}”不在“设置”页的联合行文机关中。" for one in chosen if one not in known]
