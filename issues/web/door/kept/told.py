"""What a page says of a kept form, and what a refused page said of why."""

import re
from collections.abc import Iterator
from html import unescape

from flask import render_template
from markupsafe import Markup

from issues.ground import clock
from issues.kept.content import Content
from issues.kept.keeping import Kept
from issues.models import KeptForm
from issues.vocabulary import Action
from issues.web.door.kept.filling import Filled
from issues.web.door.kept.posted import plain, with_token
from issues.web.door.navigation import PLACES, asset

_HEAD = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_LISTED = re.compile(r'<li><a href="#f-[^"]*">(.*?)</a></li>', re.DOTALL)
_ALERT = re.compile(r'<p class="alert alert-error"[^>]*><b>[^<]*</b>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
AWAY = "database is away"
"""Set in `g` where nothing can be written now: nobody waits for a second failure."""
SCRIPT = "js/kept/back.js"
ACTS = {act.value: act.label for act in Action}
UNNAMED = "填写的页面"
THING = 2
"""Parts of an address below a ticket's own."""
MESSAGES = '<div class="messages" aria-live="polite">'
"""Where the frame of every page tells things; what has no form to stand at stands there."""


def line(kept: Kept, *, filled: Filled | None, is_restored: bool) -> Markup:
    """The line above a form: it is there, or it was put in; with what else has to be known."""
    row, content = kept
    return Markup(  # noqa: S704 - drawn by a template
        render_template(
            "kept/_line.html",
            at=said_at(row),
            content=content,
            filled=filled,
            is_restored=is_restored,
            restore=address(row, content),
            row=row,
        )
    )


def refused(row: KeptForm, content: Content) -> Markup:
    """On the page of a refusal that shows no form: where what was typed is."""
    return Markup(  # noqa: S704 - drawn by a template
        render_template("kept/_refused.html", restore=address(row, content), until=last_day(row))
    )


def address(row: KeptForm, content: Content) -> str:
    """The form's page with what was kept put in."""
    return with_token(plain(content.page), row.token)


def head(where: str, *, moves: bool) -> str:
    """Where going back leads instead of sending the form again; without script it is gone to."""
    said = Markup.escape(where)
    script = f'<script src="{asset(SCRIPT)}" defer></script>'
    meta = f'<meta name="back-address" content="{said}">{script}'
    if not moves:
        return meta
    return f'{meta}<noscript><meta http-equiv="refresh" content="0; url={said}"></noscript>'


def named(page: str) -> str:
    """What a page is called that told no heading: by its act and ticket, else by its place."""
    path = page.partition("?")[0]
    parts = path.strip("/").split("/")
    number = parts[1] if parts[0] == "issues" and len(parts) > THING else ""
    if number or parts[-1] in ACTS:
        return f"{ACTS.get(parts[-1], '')} {number}".strip()
    return next((place.label for place in PLACES if place.url == path), UNNAMED)


def said_at(row: KeptForm) -> str:
    at = clock.local(row.kept_at)
    return f"{at.month}月{at.day}日{at:%H:%M}"


def last_day(row: KeptForm) -> str:
    at = clock.local(row.until)
    return f"{at.month}月{at.day}日"


def title_in(html: str) -> str:
    found = _HEAD.search(html)
    return " ".join(_plain(found[1]).split()) if found else ""


def why_in(html: str) -> tuple[str, ...]:
    """What a page that shows the form again says is wrong, a sentence each."""
    return tuple(_reasons(html))


def _reasons(html: str) -> Iterator[str]:
    for pattern in (_ALERT, _LISTED):
        for found in pattern.findall(html):
            yield " ".join(_plain(found).split())


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
