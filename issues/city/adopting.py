"""All proposals at once: what they are now, and keeping them as one change. Never commits."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from auth.actor import Actor
from issues import regions
from issues.city import saving
from issues.city.lines import BY_KEY, Line, is_said
from issues.city.proposals import proposals
from issues.city.reading import read_one, typed
from issues.city.words import NAME, Words
from issues.ground.refusals import Stale
from issues.vocabulary import SettingAct

CHANGED = "您打开本页后，建议或已填的内容有变化，没有保存。请核对现在的建议后再采用。"
REASON = "采用全部建议"


def proposed(words: Words) -> Mapping[str, Any]:
    """What is proposed to a city that has said these words, by the key of a line."""
    place = regions.city()
    return proposals(str(words[NAME] or ""), place.name if place else "")


def unsaid(words: Words) -> dict[Line, Any]:
    """The proposals nobody has saved yet, whoever may."""
    found = {BY_KEY[key]: value for key, value in proposed(words).items() if value}
    return {line: value for line, value in found.items() if not is_said(line, words)}


def open_to(actor: Actor, words: Words) -> dict[Line, Any]:
    """The proposals nobody has saved yet, of the sections that are this person's to say."""
    return {
        line: value for line, value in unsaid(words).items() if saving.may_set(actor, line.section)
    }


def state_of(offered: Mapping[Line, Any]) -> str:
    """Another one means that another list would be kept than the one that was shown."""
    told = {line.key: value for line, value in offered.items()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def adopt(seen: str, actor: Actor, *, at: datetime) -> list[Line]:
    """Keep exactly what was shown, as one change. Raises Stale, Incomplete."""
    words = saving.words_alone()
    offered = open_to(actor, words)
    if not offered or seen != state_of(offered):
        raise Stale(CHANGED, known=0, current=1)
    values = {
        line.key: read_one(line, typed(line, value), words) for line, value in offered.items()
    }
    saving.keep(values, words, SettingAct.SET_WORDS, REASON, actor, at)
    return list(offered)
