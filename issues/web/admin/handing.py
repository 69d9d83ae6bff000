"""How a one-time link is handed to the person: shown as it is, or printed into a closed slip.

Shown or printed in this answer and nowhere again: only the digest of the link is kept.
"""

from io import BytesIO

from flask import current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from auth.changing import Way
from issues.city.words import name as city_name
from issues.ground import clock
from issues.queries.admin.accounts import account
from issues.web.admin.slip import Slip, draw
from issues.web.door.addresses import outside


def hand_over(user_id: int, secret: str, way: Way, back: str) -> ResponseReturnValue:
    """`back` is where who handed it over goes on."""
    who, link = account(user_id), outside("opening.page", key=secret)
    until = clock.local(clock.real_now() + way.life)
    if way is Way.LINK:
        return render_template("admin/once_link.html", who=who, link=link, until=until, back=back)
    slip = Slip(city_name(), who.unit, who.display_name, who.name, link, until)
    answer = send_file(
        BytesIO(draw(slip, current_app.extensions["faces"]())),
        mimetype="application/pdf",
        max_age=0,
        download_name=f"密封单-{who.name}.pdf",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
