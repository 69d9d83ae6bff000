"""The example's answers to papers: signed for, answered from what was reported, given back once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from issues.vocabulary import NoticeAct, NoticeKind
from seed.walk import Walk

A_DAY = timedelta(days=1)


def press(walk: Walk, told: Mapping[str, Any]) -> None:
    """A reminder of the first yellow: the unit reports, and answers with the report's own words.

    Nothing after the draft where the machine has no faces to print with.
    """
    said = told["pressed"]
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
