"""What a person at a browser does before anything else: a new password, a second factor.

A program's token is not the password, and is not asked. Nobody is locked out: the way in is the
page where it is put right.
"""

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from auth.proofs.standing import Standing, standing_of
from config import Config
from issues.evidence.clearances import has_any
from issues.ground.present import present
from issues.ground.refusals import NotAllowed
from issues.vocabulary import ADMINISTRATORS, Role
from issues.web.door.guards import actor, is_api

WITH_OLD_PASSWORD = frozenset(
    {"account.password", "account.change_password", "login.sign_out", "account.know"}
    | {"help.page", "help.chapter", "help.picture"}
)
"""The manual says how it is put right."""
WITHOUT_FACTOR = WITH_OLD_PASSWORD | {
    "factor.page", "factor.begin", "factor.confirm",
}  # fmt: skip
GUARDED = ADMINISTRATORS | {Role.HEAD, Role.LEADER, Role.COUNTY_HEAD}
"""Whose account must have a second factor, beside whoever may open what tells of complainants."""


def settings() -> Config:
    told: Config = current_app.extensions["settings"]
    return told


def standing() -> Standing:
    """Of the session of this request, read once."""
    if "standing" not in g:
        g.standing = standing_of(present(actor().sign_in_id, "the session"))
    found: Standing = g.standing
    return found


def first_of_all() -> ResponseReturnValue | None:
    """Where the person goes instead of where they wanted; None where nothing is due."""
    person = actor()
    if person.sign_in_id is None:
        return None
    if must_change_password(person):
        sentence = "请先登录网页修改密码。"
        return _instead("account.password", WITH_OLD_PASSWORD, sentence, _wanted())
    if lacks_factor(person):
        return _instead("factor.page", WITHOUT_FACTOR, "请先登录网页启用动态口令。")
    return None


def owes_something_first(person: Actor) -> bool:
    """The same for a page that the door lets everybody through to, and that asks who looks."""
    in_session = person.sign_in_id is not None
    return must_change_password(person) or (in_session and lacks_factor(person))


def must_change_password(person: Actor) -> bool:
    days = settings().password_days
    is_old = bool(days) and person.sign_in_id is not None and standing().is_too_old(days)
    return person.must_change_password or is_old


def lacks_factor(person: Actor) -> bool:
    """Whether this person must have one, by the setting, and has none."""
    return must_have_factor(person) and not standing().has_factor


def must_have_factor(person: Actor) -> bool:
    wanted = settings().second_factor
    if wanted == "roles":
        return not GUARDED.isdisjoint(person.roles) or has_any(person)
    return wanted == "all"


def _wanted() -> str | None:
    """The page that was asked for, to be gone on to."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _instead(
    endpoint: str, allowed: frozenset[str], sentence: str, after: str | None = None
) -> ResponseReturnValue | None:
    if request.endpoint in allowed:
        return None
    if is_api():
        raise NotAllowed(sentence)
    return redirect(url_for(endpoint, next=after))
