"""A revision begun: from a file, and from what the page of the rules offers."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.documents import Unreadable, toml_of
from issues.ground.refusals import Incomplete, Refusal
from issues.rights.table import Right
from issues.supervision import drafts
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("policy_file", __name__)
MOST_TOML = 64 * 1024


@blueprint.post("/policy/drafts/file")
@requires(Right.DRAFT_POLICY)
@acting(lambda refusal: refused(refusal))
def begin_from_file() -> ResponseReturnValue:
    return begun(_uploaded())


def begun(document: Mapping[str, Any] | None, **words: str) -> ResponseReturnValue:
    """From the rules in force, with the changes of a file where one was sent."""
    draft = drafts.begin(actor(), clock.now(), document, **words)
    flash("修订稿已建立，修改后先看比对结果，再请负责人发布", "success")
    return redirect(url_for("policy.draft", draft_id=draft.id), 303)


def _uploaded() -> Mapping[str, Any]:
    file = forms.file("file")
    if file is None:
        raise Incomplete({"file": ["请选择规则文件"]})
    try:
        return toml_of(file.stream.read(MOST_TOML + 1), MOST_TOML)
    except Unreadable as wrong:
        raise Incomplete({"file": [f"不是有效的 TOML 文件：{wrong.sentence}"]}) from None


def refused(refusal: Refusal) -> str:
    return render_template("supervision/policy_refused.html", refusal=refusal)
