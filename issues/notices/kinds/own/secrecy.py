"""密级 and 保密期限 as a paper prints them."""

from issues.notices.kinds.shape import NoticeFactsDoc

MARKS = {"internal": "内部", "secret": "秘密", "confidential": "机密", "top": "绝密"}


def printed(facts: NoticeFactsDoc) -> str | None:
    """机密★1年, as it stands on the paper (GB/T 9704-2012, 7.2.2)."""
    mark = MARKS.get(facts.get("secrecy") or "")
    term = facts.get("secrecy_term")
    return (f"{mark}★{term}" if term else mark) if mark else None
