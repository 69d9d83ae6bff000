"""A person's words put into a draft: what was sent is changed, all else stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from issues.models import Notice
from issues.notices.drafting import TITLE_LENGTH
from issues.notices.facts.gather import facts_of_title
from issues.notices.facts.outcomes import outcome_facts
from issues.notices.facts.words import replaced
from issues.notices.kinds import title_of


def edited(
    notice: Notice, at: datetime, raw: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """The words of a draft with what was sent; a title left as it is drawn up stays drawn up.

    An N8 that is to tell another outcome tells the last one of that kind.
    """
    words = replaced(notice.facts, raw, values)
    before, told = notice.facts.get("outcome") or {}, words.get("outcome") or {}
    if told.get("what") and told["what"] != before.get("what"):
        is_own = told.get("reason") and told["reason"] != before.get("reason")
        own = {"reason": told["reason"]} if is_own else {}
        words["outcome"] = {**outcome_facts(notice.issues[0], told["what"]), **own}
    title = words.pop("title", "")
    if title and title != _automatic(notice, at, words):
        words["title"] = title
    return words


def _automatic(notice: Notice, at: datetime, words: Mapping[str, Any]) -> str:
    return title_of(facts_of_title(notice.kind, notice.issues, notice.unit, at, words))


def edit(notice: Notice, at: datetime, raw: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Only what was sent is changed."""
    notice.facts = edited(notice, at, raw, values)
    notice.title = retitled(notice, at)


def retitled(notice: Notice, at: datetime) -> str:
    """Of the words that the draft has now."""
    return (notice.facts.get("title") or _automatic(notice, at, notice.facts))[:TITLE_LENGTH]
