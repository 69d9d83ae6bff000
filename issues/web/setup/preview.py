"""The first page of a paper as a picture, drawn as a notice is, with the words of the address."""

import io
import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request, send_file

from issues.city.lines import BY_KEY
from issues.city.words import every_word
from issues.evidence.decoding.decode import first_page
from issues.evidence.decoding.previews import EDGES, MEDIA_TYPE
from issues.ground import signs
from issues.ground.refusals import Incomplete, NotFound
from issues.notices.checks import check
from issues.notices.facts.first_page import first_page_facts, with_said
from issues.notices.kinds import TEMPLATES, compose
from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.page.gongwen import render
from issues.rights.table import Right
from issues.web.door.guards import requires
from issues.web.door.turns import builds_file
from issues.web.evidence.files import PRIVATE_SECONDS

blueprint = Blueprint("setup_preview", __name__)
EDGE = EDGES[-1]
LONGEST = 600


@blueprint.get("/setup/preview/<name>")
@requires(Right.SET_UP)
@builds_file
def page(name: str) -> Response:
    """Of a template, by the city's words and those of the query over them. Raises NotFound.

    The address changes with the words, so that a browser may keep the picture.
    """
    if name not in TEMPLATES:
        raise NotFound
    facts = first_page_facts(name, with_said(every_word(), _sent()))
    picture = _drawn(facts)
    answer = send_file(io.BytesIO(picture), mimetype=MEDIA_TYPE, etag=False)
    answer.cache_control.private = True
    answer.cache_control.max_age = PRIVATE_SECONDS
    return answer


def _sent() -> dict[str, Any]:
    """What stands in a form, cut where no line is so long: it is looked at, not kept."""
    known = ((BY_KEY[key], text) for key, text in request.args.items() if key in BY_KEY)
    return {
        line.key: signs.clean(text)[:LONGEST].splitlines() if line.type == "lines"
        else signs.clean(text)[:LONGEST].replace("\n", " ")
        for line, text in known
    }  # fmt: skip


def _drawn(facts: NoticeFactsDoc) -> bytes:
    """Raises Incomplete where it cannot be drawn, as a sign without a face."""
    faces = current_app.extensions["faces"]()
    document = compose(facts)
    if faults := check(document, faces):
        raise Incomplete({"page": faults})
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(render(document, faces).pdf)
        file.flush()
        return first_page(Path(file.name), [EDGE])[EDGE]
