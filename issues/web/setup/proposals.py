"""采用全部建议: what would be kept, line by line, and one press that keeps it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.city import adopting
from issues.city.reading import typed
from issues.city.words import NAME, every_word
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.help.steps import who_may
from issues.web.setup.page import SEEN

blueprint = Blueprint("proposals", __name__)


@blueprint.get("/setup/proposals")
@requires(Right.SET_UP)
def page() -> str:
    return _draw()


def _draw(refusal: Refusal | None = None) -> str:
    words = every_word()
    offered = adopting.open_to(actor(), words)
    return render_template(
        "setup/proposals.html",
        rows=[(line, typed(line, value)) for line, value in offered.items()],
        others=len(adopting.unsaid(words)),
        elsewhere=who_may(Right.EDIT_TEMPLATE),
        is_named=bool(words[NAME]),
        seen=adopting.state_of(offered),
        refused=refusal.sentence if refusal else "",
    )


@blueprint.post("/setup/proposals")
@requires(Right.SET_UP)
@acting(_draw)
def adopt() -> ResponseReturnValue:
    kept = adopting.adopt(forms.carried(SEEN), actor(), at=clock.now())
    flash(f"已采用{len(kept)}项建议，可在“更改记录”中恢复。", "success")
    return redirect(url_for("setup.page", _anchor="changes"), 303)
