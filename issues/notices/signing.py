"""Signing: the check, the number, the page and its digest, in one transaction of the caller's."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import cast

from auth.actor import Actor
from extensions import db
from issues.colour.settle import refresh
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal, Stale
from issues.models import Notice, NoticeCopy
from issues.notices.delivery import outbox
from issues.notices.desk.annex.pictures import with_pictures
from issues.notices.desk.departures import UNCONFIRMED, unconfirmed
from issues.notices.fonts.faces import Faces
from issues.notices.kinds import compose, template_name
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.numbering import take_number
from issues.notices.ofd import writing as ofd
from issues.notices.ofd.looking import Sealed, look
from issues.notices.ofd.sealing import OfdSeal, seal_package
from issues.notices.page.document import Document
from issues.notices.page.gongwen import SETTING, render
from issues.notices.passing import opinions, recipients, secrecy
from issues.notices.pdf.signature import Finding, Signer
from issues.notices.readiness import draft_now
from issues.notices.receipts.points import asked_in
from issues.vocabulary import NoticeKind, NoticeStatus, Status

LARGEST = 8 * 1024 * 1024
TOKEN_BYTES = 32
OTHER_PAGE = "这份文书签发时没有留存 OFD，现在的版式或字体与签发时不同，请使用签发的 PDF。"
CHANGED = "您核对后，文书的内容或所依据的记录已有变化，尚未签发。请核对最新内容后再签发。"


@dataclass(frozen=True, slots=True)
class Press:
    """What a document is made with. `verify_url` answers the address a token is verified at.

    `channels` are the keys of those told outside, `page_url` the address they are told. `secrecy`:
    what the operator has declared the system fit for.
    """

    store: Store
    faces: Callable[[], Faces]
    verify_url: Callable[[str], str]
    is_example: bool = False
    signer: Callable[[], Signer | None] = lambda: None
    seal: Callable[[], OfdSeal | None] = lambda: None
    channels: tuple[str, ...] = ()
    page_url: Callable[[int], str] = "/notices/{}".format
    secrecy: str = secrecy.NONE


def preview(notice: Notice, at: datetime, press: Press) -> bytes:
    """The draft as a PDF that says on every page that it is none."""
    faces = press.faces()
    document = draft_now(notice, at, faces, is_example=press.is_example).document
    return render(with_pictures(document, press.store), faces).pdf


def sign(
    notice: Notice,
    actor: Actor,
    at: datetime,
    press: Press,
    seen: str | None = None,
    confirmed: Collection[str] = (),
) -> None:
    """Freeze the document. Never commits; the bytes are kept before the row can be.

    `seen`: the digest of the paper that was looked at; `confirmed`: the tokens of what departs
    from the record. Raises Incomplete with every fault of the document at its field and where a
    departure was not confirmed, Stale where another paper would be signed.
    """
    faces, on = press.faces(), clock.day_of(at)
    ready = draft_now(notice, at, faces, is_example=press.is_example)
    if ready.errors:
        raise Incomplete(ready.errors, "文书有需要更正的地方，尚未签发。")
    if seen and seen != ready.digest:
        raise Stale(CHANGED, known=notice.version, current=notice.version)
    if unsaid := unconfirmed(ready.departures, confirmed):
        raise Incomplete(unsaid, UNCONFIRMED)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    number = take_number(template_name(ready.facts), on.year, ready.facts.get("centre", ""))
    facts = ready.facts | {
        "asked": asked_in(ready.facts),
        "number": number,
        "signed_on": on.isoformat(),
        "qr_url": press.verify_url(token),
        "setting": SETTING,
        **opinions.signers(notice, ready.facts, actor),
    }
    document = with_pictures(compose(facts), press.store)
    sha256, copy = _kept(document, number, faces, press)
    notice.facts, notice.title = dict(facts), document.title
    notice.status, notice.signed_on, notice.signed_by_id = NoticeStatus.SIGNED, on, actor.id
    notice.number, notice.sha256, notice.token = number, sha256, token
    db.session.add(NoticeCopy(notice_id=notice.id, sha256=copy))
    _deliver(notice, facts, at, press)


def _kept(document: Document, number: str, faces: Faces, press: Press) -> tuple[str, str]:
    """The digests of the paper as PDF and as OFD."""
    pdf = _sealed(render(document, faces).pdf, number, press)
    files = (pdf, _copy(document, faces, press))
    one, other = (press.store.put(BytesIO(file), limit=LARGEST).sha256 for file in files)
    return one, other


def _deliver(notice: Notice, facts: NoticeFactsDoc, at: datetime, press: Press) -> None:
    own_receipt = notice.kind is not NoticeKind.N9  # each unit it names has one of its own
    notice.sign_due = _day(facts["sign_due"]) if own_receipt else None
    notice.reply_due = _day(facts["reply_due"]) if recipients.may_owe(notice, facts) else None
    recipients.open_receipts(notice, facts)
    if notice.kind is NoticeKind.N0:
        _take_as_known(notice, at)
    outbox.write(notice, press.channels, press.page_url(notice.id), clock.real_now())
    refresh_tickets(notice, at)


def _sealed(pdf: bytes, number: str, press: Press) -> bytes:
    """With the operator's digital signature, where there is a certificate."""
    signer = press.signer()
    return pdf if signer is None else signer.sign(pdf, f"签发{number}")


def _copy(document: Document, faces: Faces, press: Press) -> bytes:
    """The OFD of the paper, under the operator's seal where there is one. Raises CannotSeal."""
    plain, seal = ofd.written(document, faces), press.seal()
    return plain if seal is None else seal_package(plain, seal, clock.real_now())


def _take_as_known(notice: Notice, at: datetime) -> None:
    """An N0 signed after its tickets were signed for, or planned for, asks for neither again."""
    reached = {issue.status for issue in notice.issues}
    if Status.ASSIGNED in reached:
        return
    notice.acknowledged_at, notice.acknowledged_name = at, notice.unit.short_name
    if Status.PLANNING not in reached:
        notice.replied_at, notice.reply = at, "整改方案已报送。"


def refresh_tickets(notice: Notice, at: datetime) -> None:
    """What a notice is signed, answered or void changes the colour of its tickets (Y6, R4)."""
    for issue in notice.issues:
        refresh(issue, at)


def frozen(notice: Notice, press: Press) -> bytes:
    """The signed PDF, checked against its digest. Raises Damaged, Missing."""
    if notice.sha256 is None:
        raise LookupError(f"notice {notice.id} is not signed")
    with press.store.read_verified(notice.sha256) as file:
        return file.read()


def signature(notice: Notice, press: Press) -> Finding | None:
    """A look at the signature of the frozen document; None where nobody signs or signed."""
    signer = press.signer()
    return signer.look(frozen(notice, press)) if signer is not None else None


def copy_seal(notice: Notice, press: Press) -> Sealed | None:
    """A look at the seal of the OFD as it was kept; None where none is kept or it bears none.

    Raises Damaged, Missing, ValueError.
    """
    if notice.copy is None:
        return None
    with press.store.read_verified(notice.copy.sha256) as file:
        return look(file.read())


def is_of_this_setting(notice: Notice) -> bool:
    """Whether it was signed under the rules of setting that pages are drawn by now."""
    return bool(notice.facts.get("setting") == SETTING)


def redrawn(notice: Notice, faces: Faces, store: Store | None = None) -> bytes:
    """The same page drawn again from the stored facts: for a signed notice, the same bytes.

    A digital signature only follows them. One of an older setting has other bytes. `store`: where
    the pictures of its annexes are kept.
    """
    document = compose(cast("NoticeFactsDoc", notice.facts))
    return render(document if store is None else with_pictures(document, store), faces).pdf


def copied(notice: Notice, press: Press) -> bytes:
    """The paper as OFD: kept as it was signed, or of a draft its preview.

    One signed before copies were kept is drawn anew where its PDF, drawn anew, is still the frozen
    one byte by byte. Raises Damaged, Missing, CannotCopy.
    """
    faces = press.faces()
    if notice.sha256 is None:
        ready = draft_now(notice, clock.now(), faces, is_example=press.is_example)
        return ofd.written(with_pictures(ready.document, press.store), faces)
    if notice.copy is not None:
        with press.store.read_verified(notice.copy.sha256) as file:
            return file.read()
    if not frozen(notice, press).startswith(redrawn(notice, faces, press.store)):
        raise CannotCopy
    document = compose(cast("NoticeFactsDoc", notice.facts))
    return ofd.written(with_pictures(document, press.store), faces)


class CannotCopy(Refusal):
    """Nothing is handed out that might differ from what was signed."""

    status = 409
    heading = "不能再制作这份文书的 OFD"

    def __init__(self) -> None:
        super().__init__(OTHER_PAGE)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
