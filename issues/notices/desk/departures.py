"""Where a draft departs from the record: marked on the draft, confirmed one by one at signing."""

import json
from collections.abc import Collection, Sequence
from typing import NamedTuple

from issues.notices.desk.overlay import DEPARTING, Standing, State, digest, id_of
from issues.notices.desk.shape import AnnexFacts, DeskFacts

UNCONFIRMED = "文书有与记录不同的地方尚未逐处确认，没有签发。请打开文书，在“核对并签发”中确认。"
MOST_NAMED = 20
SAID = {
    State.EDITED: "与记录不同",
    State.ADDED: "自行增加",
    State.STRUCK: "记录有、文书删去",
    State.GONE: "记录已没有",
    State.KEPT: "",
}


class Departure(NamedTuple):
    """`text` is what the paper says, nothing where struck; `record` what the record says.

    `token` is what a signer confirms: of another text it is another one.
    """

    id: str
    state: State
    text: str
    record: str
    token: str

    @property
    def label(self) -> str:
        return SAID[self.state]


def departures_of(stands: Sequence[Standing], desk: DeskFacts) -> list[Departure]:
    found = [
        Departure(one.id, one.state, "" if one.is_struck else one.text, one.record or "", one.token)
        for one in stands
        if one.state in DEPARTING
    ]
    return found + [_of_annex(annex) for annex in desk.get("annexes") or []]


def _of_annex(annex: AnnexFacts) -> Departure:
    whole = json.dumps(annex, ensure_ascii=False, sort_keys=True)
    key = annex.get("key", "")
    text = f"附件“{annex.get('title', '')}”"
    return Departure(id_of(key), State.ADDED, text, "", digest(key, whole))


def unconfirmed(
    departures: Sequence[Departure], confirmed: Collection[str]
) -> dict[str, list[str]]:
    """At the field of each what was not confirmed; nothing where everything was."""
    given = set(confirmed)
    return {
        f"confirmed.{one.id}": [f"请确认这一处{one.label}：{_short(one.text or one.record)}"]
        for one in departures
        if one.token not in given
    }


def _short(text: str) -> str:
    text = text.replace("\n", "")
    return f"“{text[:MOST_NAMED]}{'…' if len(text) > MOST_NAMED else ''}”"
