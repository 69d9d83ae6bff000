"""Several drafts signed together: each paper shown, one proof for all, each told what became of it.

Each paper is a transaction of its own, and only the very paper that was shown is signed. What is
refused harms no other. The same form sent twice signs each once; after a break in the middle what
was signed stays signed and stands on the page, and the same form sent again signs the rest.
"""

from typing import NamedTuple

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from issues import once
from issues.ground import clock, signs
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.ground.refusals import Incomplete, NotAllowed, Refusal
from issues.models import Notice
from issues.notices import acts
from issues.notices.desk.departures import UNCONFIRMED
from issues.notices.fields import SEEN
from issues.notices.kinds import name_of
from issues.notices.readiness import Draft
from issues.notices.rights import may_sign_any
from issues.queries.notices import signing as queries
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct, NoticeStatus
from issues.web.account.proof import proven
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.door.once import Kept, digest_of, once_only, sent_key
from issues.web.door.turns import builds_file
from issues.web.notices.forms import addressed
from issues.web.notices.pdf import press
from issues.web.notices.sign import NONE_SEEN
from issues.web.notices.typed import as_kept

blueprint = Blueprint("notice_batch", __name__, url_prefix="/notices/signing")
MOST, KEY_PART, DONE = 40, 60, 200
"""A paper takes less than half a second: so many end before a browser gives up."""
NOT_YOURS = "您没有签发督办文书的权限。"


class Paper(NamedTuple):
    """A draft of the batch as signing would freeze it now."""

    notice: Notice
    ready: Draft

    @property
    def why(self) -> list[str]:
        """Why it is not signed with others: its faults, or what departs from the record."""
        departs = [UNCONFIRMED] if self.ready.departures else []
        return self.ready.faults or departs


class Row(NamedTuple):
    """What became of one: its number, or why it has none."""

    notice: Notice
    number: str
    why: str = ""


@blueprint.get("")
@requires(Right.NOTICES)
def ask(refusal: Refusal | None = None) -> str:
    """Every draft that waits for this person, to be chosen; and what they signed today."""
    person = _signer()
    round_ = signs.bare(forms.carried("round") or request.args.get("round", ""))
    waiting = queries.drafts(person, round_)
    first = [str(one.id) for one in waiting[:MOST]]
    return render_template(
        "notices/batch/choose.html",
        waiting=waiting,
        total=len(waiting) if round_ else queries.count(person),
        ticked=frozenset(forms.marked("notice") if refusal else first),
        most=MOST,
        round=round_,
        signed=queries.signed_on(person, clock.today()),
        errors=refusal.errors if refusal else {},
        addressed=addressed,
        name_of=name_of,
    )


@blueprint.post("/papers")
@requires(Right.NOTICES)
@builds_file
def show(refusal: Refusal | None = None) -> ResponseReturnValue:
    """The papers themselves, word for word, with the digest of each; those with faults apart."""
    person = _signer()
    try:
        found = [whole(one, person) for one in _chosen()]
    except Incomplete as wrong:
        return make_response(ask(refusal=wrong), wrong.status)
    kept = [
        Paper(one, as_kept(one))
        for one in found
        if one.status is NoticeStatus.DRAFT and acts.RIGHTS[NoticeAct.SIGN](person, one)
    ]
    return make_response(
        render_template(
            "notices/batch/papers.html",
            papers=[one for one in kept if not one.why],
            faulty=[one for one in kept if one.why],
            gone=[one for one in found if one.id not in {paper.notice.id for paper in kept}],
            errors=refusal.errors if refusal else {},
            name_of=name_of,
        ),
        refusal.status if refusal else DONE,
    )


@blueprint.post("")
@requires(Right.NOTICES)
@proven
@builds_file
def sign() -> ResponseReturnValue:
    person = _signer()
    try:
        ids = _chosen()
    except Incomplete as refusal:
        return make_response(ask(refusal=refusal), refusal.status)
    queries.named(ids, person)
    told = {one: _signed(one, person) for one in ids}
    found = queries.named(ids, person)
    rows = [Row(found[one], number, why) for one, (number, why) in told.items()]
    return render_template(
        "notices/batch/result.html",
        rows=rows,
        done=sum(not row.why for row in rows),
        refused=sum(bool(row.why) for row in rows),
        left=queries.count(person),
        addressed=addressed,
    )


def _signer() -> Actor:
    person = actor()
    if not may_sign_any(person):
        raise NotAllowed(NOT_YOURS)
    return person


def _chosen() -> list[int]:
    """Raises Incomplete."""
    told = (whole_number(one, 1, LARGEST_ID) for one in forms.marked("notice"))
    ids = list(dict.fromkeys(one for one in told if one is not None))
    if not 0 < len(ids) <= MOST:
        raise Incomplete({"notice": [f"请勾选1至{MOST}件文书"]})
    return ids


def _signed(notice_id: int, person: Actor) -> tuple[str, str]:
    """The number, and nothing; or nothing, and why."""
    paper = forms.carried(f"paper-{notice_id}") or NONE_SEEN
    version = forms.number(f"version-{notice_id}")

    def act() -> str:
        said = {SEEN.name: paper}
        done = acts.do(NoticeAct.SIGN, notice_id, person, said, press(), version=version)
        return str(done.number)

    kept = Kept(lambda number: once.Answer(DONE, number), lambda first: first.text)
    what, key = digest_of("notice in a batch", notice_id, paper), sent_key()
    try:
        used = f"{key[:KEY_PART]}:{notice_id}" if key else ""
        return once_only(act, kept, key=used, what=what), ""
    except Refusal as refusal:
        inner = [sentence for said in refusal.errors.values() for sentence in said]
        return "", "；".join([refusal.sentence.rstrip("。"), *inner])
