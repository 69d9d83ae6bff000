"""A form or a call sent twice acts once, and what is sent with a used key is never dropped.

The same key with the same content has the first answer again. With other content – other words,
another file, even one of the same name – nothing is done and the sender is told (422): the form
is drawn again with a fresh key, so that sent once more it is an act of its own.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain
from random import uniform
from time import sleep
from typing import Any, Generic, TypeVar

from flask import flash, g, request, session
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from extensions import db, is_writing, transaction
from issues import once
from issues.ground.database import is_collision
from issues.ground.refusals import Refusal
from issues.web.door import forms

SEE_OTHER = 303
NOT_OF_THE_ACT = frozenset({"csrf_token", "once", "version", "seen", "proof", "username", "kept"})
"""What a form carries beside what is typed: a form sent again after a correction is the same.

A proof of who sends it is a secret: nothing made of it is kept.
"""
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
CHUNK = 1024 * 1024
TRIES, PAUSE = 3, 0.05
FLASHES = "_flashes"

T = TypeVar("T")


class FormReused(once.KeyReused):
    """The key of a form that was sent before, with other content."""

    def __init__(self) -> None:
        Refusal.__init__(
            self,
            "此表单已提交过一次，这次的内容与上次不同，尚未办理。"
            "请核对内容，重新选择附件，确要办理请再次提交。",
        )


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """How an answer is put into writing for a second sender, and read for them."""

    write: Callable[[T], once.Answer]
    read: Callable[[once.Answer], T]


ADDRESS: Kept[str] = Kept(lambda url: once.Answer(SEE_OTHER, url), lambda first: first.text)
"""The answer is where the act led."""


def once_only(
    act: Callable[[], T], kept: Kept[T], *, key: str | None = None, what: str | None = None
) -> T:
    """Do the act in one transaction; or give the first answer to this key again.

    `what` is the digest of the content where it is not all that was sent. A refused act leaves its
    key unused. Raises KeyReused, and FormReused where the key is the form's own.
    """
    used, digest = sent_key() if key is None else key, ""
    if used:
        digest = what or what_was_sent()
    return tried_again(lambda: _once(act, kept, used, digest, is_own=key is None))


def _once(act: Callable[[], T], kept: Kept[T], used: str, digest: str, *, is_own: bool) -> T:
    """`is_own`: the key is the form's own."""
    with transaction():
        if not used:
            return act()
        try:
            first = once.replay(current_user.id, used, digest)
        except once.KeyReused:
            if not is_own:
                raise
            g.key_is_used = True
            raise FormReused from None
        if first is not None:
            return kept.read(first)
        done = act()
        answer = kept.write(done)
        once.remember(current_user.id, used, answer.status, answer.text)
    return done


def tried_again(act: Callable[[], T]) -> T:
    """One transaction, done anew where the database took it back for another's sake.

    Nothing of the first try is left: rows are rolled back, files are read from their start, and
    what was to be said is said once. Raises OperationalError where it collides each time.
    """
    if is_writing():
        return act()
    said = list(session.get(FLASHES, ()))
    for _ in range(TRIES - 1):
        try:
            return act()
        except OperationalError as error:
            if not is_collision(error):
                raise
            _begin_anew(said)
            sleep(uniform(PAUSE / 2, PAUSE))  # noqa: S311 - only to part the two
    return act()


def _begin_anew(said: list[Any]) -> None:
    db.session.rollback()
    for file in chain.from_iterable(request.files.listvalues()):
        file.stream.seek(0)
    if session.get(FLASHES, []) != said:
        session[FLASHES] = said


def first_time(kept: Kept[T], key: str, what: str) -> T | None:
    """The answer given when the same was sent before, for acts with work beforehand."""
    first = once.answered(current_user.id, key, what) if key else None
    return None if first is None else kept.read(first)


def sent_key() -> str:
    """The key the form was sent with; empty where it is none that was ever given out."""
    key = forms.carried("once")
    return key if key.isascii() and key.isprintable() else ""


def form_key() -> str:
    """The key to draw a form with: the one it was sent with while that is good, or a fresh one."""
    return once.new_key() if "key_is_used" in g else sent_key() or once.new_key()


def lead_back(refusal: Refusal) -> None:
    """The sentence above a form that is drawn again because its key was used."""
    if isinstance(refusal, FormReused):
        flash(refusal.sentence, "error")


def what_was_sent(apart: Collection[str] = ()) -> str:
    """Where to, which fields but those apart, and of every file its name and its bytes."""
    if request.mimetype not in FORMS:
        return digest_of(request.path, hashlib.sha256(request.get_data(cache=True)).hexdigest())
    keep_raw()
    files = [
        (name, file.filename, _bytes_of(file.stream))
        for name, file in request.files.items(multi=True)
        if name not in apart
    ]
    return digest_of(request.path, what_was_said(apart), files)


def keep_raw() -> None:
    """Before a form is read, so that who asks for the raw bytes after it still finds them."""
    if request.mimetype == FORMS[1]:
        request.get_data(cache=True)


def what_was_said(apart: Collection[str] = ()) -> list[tuple[str, str]]:
    """The fields of the form by name; those of one name in the order they were drawn in."""
    left_out = NOT_OF_THE_ACT.union(apart)
    fields = (item for item in request.form.items(multi=True) if item[0] not in left_out)
    return sorted(fields, key=lambda item: item[0])


def digest_of(*said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _bytes_of(stream: Any) -> str:
    """Read from its start, and left where it stood."""
    stood, digest = stream.tell(), hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(stood)
    return digest.hexdigest()
