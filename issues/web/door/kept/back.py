"""After a refusal going back and loading anew lead to a page, not to the browser's own question.

A browser asks before it sends a form once more, and shows nothing meanwhile. So every refused
page names the address that stands for it in the history.
"""

from flask import Response, g, request
from flask_login import current_user

from issues.web.door.answers.way_back import way_back
from issues.web.door.kept import posted, told

FAILED, INCOMPLETE = 400, 422


def lead(answer: Response, where: str = "", *, moves: bool = False) -> Response:
    """`where` is named once: the form with what was kept in it, else the page that it stood on."""
    if not is_page(answer) or g.get("leads_back"):
        return answer
    g.leads_back = True
    head = told.head(where or _where(), moves=moves)
    answer.set_data(answer.get_data(as_text=True).replace("</head>", f"{head}</head>", 1))
    return answer


def is_page(answer: Response) -> bool:
    is_html = answer.mimetype == "text/html" and not answer.is_streamed
    return is_html and answer.status_code >= FAILED


def _where() -> str:
    if posted.endpoint_at(request.path, "GET"):
        return request.full_path.rstrip("?")
    if g.get(told.AWAY) or not current_user.is_authenticated:
        return "/"
    return posted.came_from() or way_back(INCOMPLETE).url
