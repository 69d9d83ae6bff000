"""Where nothing can be kept, the page of the refusal carries what was typed, to be sent once more.

The database is full or away, or what was typed is larger than is kept: it is given back to who
sent it and written nowhere.
"""

from flask import Response, render_template, request

from issues.web.door import forms
from issues.web.door.kept import posted
from issues.web.door.requests import own_part

PROOF = "proof"
"""A password or a code beside an act: it is asked for again."""


def offered(answer: Response) -> Response:
    """With a form that sends the same again, where the form is one whose text is kept at all."""
    if not posted.is_kept(request.endpoint) or not posted.is_read() or not _is_from_us():
        return answer
    typed = posted.content()
    if not typed.texts():
        return answer
    said = render_template(
        "kept/_again.html",
        action=request.full_path.rstrip("?"),
        texts=typed.texts(),
        typed=[(name, text) for name, text in forms.everything() if not _is_secret(name)],
        files=forms.chosen(),
    )
    answer.set_data(answer.get_data(as_text=True).replace("</main>", f"{said}</main>", 1))
    return answer


def _is_secret(name: str) -> bool:
    return name == PROOF or any(word in name for word in posted.SECRET)


def _is_from_us() -> bool:
    """Of another site nothing is shown back, also where its forgery was not looked at."""
    origin = request.headers.get("Origin")
    return origin is None or own_part(origin) is not None
