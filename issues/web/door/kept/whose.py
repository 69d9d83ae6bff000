"""Whose form it is that was sent, also where no session says it any more.

The token that every form carries against forgery is signed, and names the person it was drawn for:
what comes with one that is good can be kept for that person, and nobody can plant a text for
another. It opens nothing and proves no session.
"""

from contextlib import suppress
from secrets import token_hex

from flask import current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer

from auth.models import User
from extensions import db
from issues.ground.numbers import LARGEST_ID, whole
from issues.web.door import forms
from issues.web.door.firsts import settings

TOKEN = "csrf_token"  # noqa: S105 - a name
SALT = "wtf-csrf-token"
"""Flask-WTF's own, of the tokens it signs."""
DAY = 24 * 3600


def begin_for(user_id: int) -> None:
    """From now on the forms of this browser's session name the person."""
    session[TOKEN] = f"{user_id}-{token_hex(20)}"


def of_form() -> int | None:
    """The person the form that was sent was drawn for, while they may come in at all."""
    user_id = _named(forms.carried(TOKEN))
    user = None if user_id is None else db.session.get(User, user_id)
    return user.id if user is not None and user.is_active else None


def _named(token: str) -> int | None:
    oldest = settings().kept_days * DAY
    for secret in (str(current_app.secret_key), *settings().earlier_secrets):
        with suppress(BadData):
            said = URLSafeTimedSerializer(secret, salt=SALT).loads(token, max_age=oldest)
            name, dash, _ = said.partition("-") if isinstance(said, str) else ("", "", "")
            return whole(name, 1, LARGEST_ID) if dash else None
    return None
