"""Proving again who one is, before an act that weighs: the sent form waits, and nothing is lost.

A view that declares `proven` is asked for a proof where the person's last one lies further back
than the setting allows. The form is drawn as unseen fields of a page that asks for a password or
a code; sent with it, it goes on to the view as it came. A program's token is not asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from auth.acting import locked, record
from auth.actor import SYSTEM, Actor
from auth.passwords import is_password
from auth.proofs import factors, proof_tries
from auth.proofs.standing import prove
from extensions import db, transaction
from issues.act_fields import Field
from issues.ground.present import present
from issues.ground.refusals import Incomplete, Later, NotAllowed, Refusal
from issues.vocabulary import AccountAct
from issues.web.door import drawing, forms, turns
from issues.web.door.firsts import settings, standing
from issues.web.door.guards import ASKED_AGAIN, View, actor

PROOF = Field(
    "proof", "password", "密码或动态口令", asks="请填写密码或动态口令。",
    autocomplete="current-password",
)  # fmt: skip
OWN = frozenset({"csrf_token", "username", PROOF.name})
"""What the page that asks draws itself."""
FORBIDDEN = 403
PROVEN = "proven"
"""What a view declares stands at it under this name."""
FAILED = "密码或动态口令不正确。"


def proven(view: View) -> View:
    """Below what the view requires, above `acting`: first who, then whether it is still they."""

    @wraps(view)
    def asked(**given: Any) -> ResponseReturnValue:
        if is_fresh():
            return view(**given)
        if not forms.carried(PROOF.name):
            return _ask()
        try:
            take(actor(), forms.read((PROOF,))[PROOF.name])
        except (Incomplete, Later) as refusal:
            return _ask(refusal)
        return view(**given)

    setattr(asked, PROVEN, True)
    return asked


def proven_each_time(draw: Callable[[Refusal], ResponseReturnValue]) -> Callable[[View], View]:
    """However fresh the last: the view's own form asks, and `draw` shows it again if refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(**given: Any) -> ResponseReturnValue:
            try:
                take(actor(), forms.read((PROOF,))[PROOF.name])
            except (Incomplete, Later) as refusal:
                return draw(refusal)
            return view(**given)

        setattr(asked, PROVEN, True)
        return asked

    return decorate


def require_fresh() -> None:
    """A call has no page to ask on: with a browser's session it is refused. Raises NotAllowed."""
    if not is_fresh():
        raise NotAllowed("此事须再次验证身份，请在网页上办理；程序请使用接口令牌。")


def is_fresh() -> bool:
    minutes = settings().proof_minutes
    return not minutes or actor().sign_in_id is None or standing().is_fresh(minutes)


def _ask(refusal: Refusal | None = None) -> ResponseReturnValue:
    """What was typed goes along, whatever it was; a file cannot, and no such form has one."""
    carried = [
        (name, said) for name, told in forms.lists().items() if name not in OWN for said in told
    ]
    page = render_template(
        "account/prove.html",
        form=drawing.drawn((PROOF,), refusal),
        carried=carried,
        refusal=refusal,
        minutes=settings().proof_minutes,
    )
    answer = make_response(page, refusal.status if refusal else FORBIDDEN)
    setattr(g, ASKED_AGAIN, True)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def take(person: Actor, text: str) -> None:
    """Raises Incomplete where it is neither; Later where it was tried too often or all turns go."""
    user_id = present(person.id, "the person")
    with turns.PASSWORDS.turn():
        judged(user_id, lambda: _is_theirs(user_id, text), FAILED, PROOF.name)
    with transaction():
        prove(present(person.sign_in_id, "the session"))
        record(locked(user_id), AccountAct.PROVE, person, path=request.path)


def _is_theirs(user_id: int, text: str) -> bool:
    """The slow comparison runs outside any transaction."""
    with transaction():
        user = locked(user_id)
        kept, is_code = user.password_hash, factors.use(user, text)
    return is_code or is_password(kept, text)


def judged(user_id: int, judge: Callable[[], bool], sentence: str, name: str) -> None:
    """One bounded try whose outcome is a yes or a no. Raises Incomplete, TooManyProofs."""
    with bounded(user_id):
        if not judge():
            raise Incomplete({name: [sentence]})


@contextmanager
def bounded(user_id: int) -> Iterator[None]:
    """One try: noted, counted, judged within, and then forgotten, or written down as failed."""
    with transaction():
        attempt = proof_tries.note(user_id)
    try:
        proof_tries.refuse_too_many(attempt)
    except proof_tries.TooManyProofs:
        with transaction():
            proof_tries.take_back(attempt)
        raise
    finally:
        db.session.rollback()
    try:
        yield
    except Incomplete:
        with transaction():
            user = locked(user_id)
            record(user, AccountAct.PROOF_FAILED, SYSTEM, address=request.remote_addr or "")
        raise
    with transaction():
        proof_tries.forget(user_id)
