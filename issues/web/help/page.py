"""The manual as pages: its contents and what is found in it, one chapter, and one to print."""

from typing import Any

from flask import Blueprint, Response, render_template, request, send_from_directory

from issues.colour.policies import policy_on, workdays
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.manual import book, examples
from issues.manual.chapters import (
    BY_SLUG,
    CHAPTERS,
    PAPERS,
    READERS,
    RULES,
    WORDS,
    chapters_of,
    reader_of,
)
from issues.notices.demanded import ANSWERS
from issues.notices.rights import SIGNED_BY
from issues.rights.table import TABLE, Right, holds
from issues.vocabulary import NoticeKind, Role
from issues.web.door.guards import actor, signed_in

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@signed_in
def page() -> str:
    reader = reader_of(actor().roles)
    question = request.args.get("q", "").strip()
    found, total = book.find(question, reader) if question else ([], 0)
    own = chapters_of(reader)
    return render_template(
        "help/page.html",
        reader=reader,
        readers=READERS,
        question=question,
        found=found,
        total=total,
        sees_week=holds(actor(), Right.FIRST_WEEK),
        groups=(
            ("您的手册", [_entry(chapter.slug) for chapter in own]),
            ("其他各章", [_entry(one.slug) for one in CHAPTERS if one not in own]),
        ),
    )


@blueprint.get("/help/<slug>")
@signed_in
def chapter(slug: str) -> str:
    one = book.chapter_of(slug)
    return render_template(
        "help/chapter.html",
        chapter=one,
        reader=reader_of(actor().roles),
        drawn=book.page_of(slug),
        prefix="",
        **_more(one.more),
    )


@blueprint.get("/help/print/<slug>")
@signed_in
def printed(slug: str) -> str:
    """All chapters of one reader on one page."""
    reader = BY_SLUG.get(slug)
    if reader is None:
        raise NotFound
    found = [(one, book.print_of(one.slug, reader)) for one in chapters_of(reader)]
    return render_template(
        "help/print.html",
        reader=reader,
        chapters=found,
        **_more(RULES),
        **_more(PAPERS),
        **_more(WORDS),
    )


@blueprint.get("/help/pictures/<picture>")
@signed_in
def picture(picture: str) -> Response:
    return send_from_directory(book.IMAGES, picture)


def _entry(slug: str) -> tuple[str, str]:
    return book.address(slug), book.page_of(slug).title


def _more(kind: str) -> dict[str, Any]:
    """What the records tell behind the text of a chapter."""
    if kind == RULES:
        meanings = {code: meaning for code, _, meaning in book.rows_of(book.RULEBOOK, "颜色")}
        number, policy = policy_on(clock.today())
        rules = examples.told(policy, workdays())
        return {"rules": rules, "meanings": meanings, "policy_number": number}
    if kind == PAPERS:
        rows = book.rows_of(book.RULEBOOK, "文书")
        return {"papers": [(NoticeKind(row[0][:2]), row[1], row[2]) for row in rows],
                "answers": ANSWERS, "signers": _signers()}  # fmt: skip
    return {"manual_words": book.words()} if kind == WORDS else {}


def _signers() -> dict[NoticeKind, str]:
    """Who signs each kind, as the table of rights says."""
    return {
        kind: "、".join(role.label for role in Role if TABLE[right][role])
        for kind, right in SIGNED_BY.items()
    }
