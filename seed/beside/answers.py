"""The example's answers to papers: signed for, answered from what was reported, given back once.

One is begun and answers some of its points; one paper was sent out wrongly and is void.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from issues.models import Notice
from issues.notices.receipts import drafts
from issues.vocabulary import NoticeAct, NoticeKind
from seed.walk import Walk

A_DAY = timedelta(days=1)


def press(walk: Walk, told: Mapping[str, Any]) -> None:
    """A reminder of the first yellow: the unit reports, and answers with the report's own words.

    Nothing after the draft where the machine has no faces to print with.
    """
    said = told["pressed"]
    if "misprint" in said:
        _send_wrongly(walk, said["misprint"])
    notice = walk.notice(NoticeKind.N1, "first_yellow", "round-1", said["signed"])
    walk.sign(notice, "sun", said["signed"])
    walk.acknowledge(notice, walk.leader, said["acknowledged"])
    walk.report(said["reported"], said["text"])
    walk.confirm(said["reported"] + A_DAY)
    if notice.number is None:
        return
    walk.on_notice(NoticeAct.REPLY, notice, walk.leader, said["replied"])
    if "returned" not in said:
        return
    walk.on_notice(
        NoticeAct.RETURN_REPLY, notice, "sun", said["returned"], ground="form",
        reason=said["reason"], due=said["due"].isoformat(),
    )  # fmt: skip
    walk.on_notice(NoticeAct.REPLY, notice, walk.leader, said["again"], text=said["mended"])
    walk.on_notice(NoticeAct.ACCEPT_REPLY, notice, "sun", said["accepted"])


def card(walk: Walk, told: Mapping[str, Any]) -> None:
    """A red card with its paper, signed for and perhaps begun to be answered."""
    said = told["red_card"]
    notice = walk.red_card(said["on"], said["reason"])
    if "signed" in said:
        walk.sign(notice, "zhou", said["signed"])
        walk.acknowledge(notice, walk.leader, said["acknowledged"])
        _begin(walk, notice, said)


def _begin(walk: Walk, notice: Notice, told: Mapping[str, Any]) -> None:
    """The clerk fills in the points that are done; the leader has yet to answer the rest."""
    if notice.number is None or "begun" not in told:
        return
    said = told["begun"]
    words = {"points": [{"state": "done", **one} for one in said["points"]]}
    drafts.keep(notice, walk.scene.cast[walk.unit], walk.at(said["on"]), words, None)


def _send_wrongly(walk: Walk, said: Mapping[str, Any]) -> None:
    """Signed and void on one day: its number stays in the ledger of papers."""
    notice = walk.notice(NoticeKind.N1, "by_hand", "misprint", said["on"])
    walk.sign(notice, "sun", said["on"])
    if notice.number:
        walk.on_notice(NoticeAct.VOID, notice, "sun", said["on"], reason=said["reason"])
