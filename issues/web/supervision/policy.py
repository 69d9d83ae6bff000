"""The rules: what is in force and why, a revision being written, and the rule lab."""

from collections.abc import Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    get_flashed_messages,
    redirect,
    render_template,
    stream_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from extensions import db
from issues.colour.policies import SHIPPED, policy_on
from issues.ground import clock
from issues.ground.documents import Unreadable, toml_of
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.models import PolicyDraft, PolicyVersion
from issues.rights.table import Right, holds
from issues.rules.policy import NUMBERS, Policy
from issues.rules.presets import PRESETS
from issues.rules.scores.figures import FIGURES
from issues.supervision import drafts, policy_preview, rulebook
from issues.vocabulary import RUNNING, Source
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.supervision.policy_form import (
    CADENCE_CHOICES,
    DRAFT,
    EFFECTIVE,
    GROUPS,
    SOURCE_COLUMNS,
    SURE,
    WORDS,
    as_toml,
    read_form,
    shown,
)

blueprint = Blueprint("policy", __name__)
MOST_TOML = 64 * 1024


@blueprint.get("/policy")
@requires(Right.POLICY)
def current() -> str:
    number, policy = policy_on(clock.today())
    return _sheet(number, policy)


@blueprint.get("/policy/<int:number>")
@requires(Right.POLICY)
def version(number: int) -> str:
    row = _version(number)
    return _sheet(number, Policy.from_document(row.document if row else {}))


@blueprint.get("/policy/<int:number>.toml")
@requires(Right.POLICY)
def toml(number: int) -> Response:
    row = _version(number)
    text = as_toml(Policy.from_document(row.document if row else {}).document())
    return Response(
        text,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="policy-{number}.toml"'},
    )


def _version(number: int) -> PolicyVersion | None:
    """None for the shipped rules, which no row holds. Raises NotFound."""
    row = db.session.get(PolicyVersion, number)
    if row is None and number != SHIPPED:
        raise NotFound
    return row


def _sheet(number: int, policy: Policy) -> str:
    rows = select(PolicyVersion).order_by(PolicyVersion.number.desc())
    return render_template(
        "supervision/policy.html",
        number=number,
        version=db.session.get(PolicyVersion, number),
        versions=list(db.session.scalars(rows)),
        in_force=policy_on(clock.today())[0],
        values=shown(policy.document()),
        groups=GROUPS,
        sources=Source,
        columns=SOURCE_COLUMNS,
        cadences=CADENCE_CHOICES,
        drafts=drafts.open_drafts() if _works_on_rules() else [],
        may_draft=holds(actor(), Right.DRAFT_POLICY),
        presets=PRESETS,
        numbers=NUMBERS,
        figures=FIGURES,
        people=rulebook.persons(number),
    )


def _works_on_rules() -> bool:
    return holds(actor(), Right.DRAFT_POLICY) or holds(actor(), Right.PUBLISH_POLICY)


@blueprint.post("/policy/drafts")
@requires(Right.DRAFT_POLICY)
@acting(lambda refusal: _refused_upload(refusal))
def begin() -> ResponseReturnValue:
    return _begin(None)


@blueprint.post("/policy/drafts/preset/<name>")
@requires(Right.DRAFT_POLICY)
@acting(lambda refusal, **_: _refused_upload(refusal))
def begin_from_preset(name: str) -> ResponseReturnValue:
    if name not in PRESETS:
        raise NotFound
    preset = PRESETS[name]
    reason = f"按预设“{preset.label}”起草。" + (f"依据：{preset.origin}。" if preset.origin else "")
    return _begin(preset.policy().document(), name=preset.label, reason=reason)


@blueprint.post("/policy/drafts/file")
@requires(Right.DRAFT_POLICY)
@acting(lambda refusal: _refused_upload(refusal))
def begin_from_file() -> ResponseReturnValue:
    return _begin(_uploaded())


def _begin(document: Mapping[str, Any] | None, **words: str) -> ResponseReturnValue:
    """From the rules in force, with the changes of a file where one was sent."""
    draft = drafts.begin(actor(), clock.now(), document, **words)
    flash("修订稿已建立，修改后先看比对结果，再请负责人发布", "success")
    return redirect(url_for(".draft", draft_id=draft.id), 303)


def _uploaded() -> Mapping[str, Any]:
    file = forms.file("file")
    if file is None:
        raise Incomplete({"file": ["请选择规则文件"]})
    try:
        return toml_of(file.stream.read(MOST_TOML + 1), MOST_TOML)
    except Unreadable as wrong:
        raise Incomplete({"file": [f"不是有效的 TOML 文件：{wrong.sentence}"]}) from None


def _refused_upload(refusal: Refusal) -> str:
    return render_template("supervision/policy_refused.html", refusal=refusal)


@blueprint.get("/policy/drafts/<int:draft_id>")
@requires(Right.POLICY)
def draft(draft_id: int, refusal: Refusal | None = None) -> str:
    row = _seen(draft_id)
    values = shown(row.document)
    if refusal is not None:
        values |= forms.typed(field for field in DRAFT if forms.is_shown(field))
    current = {"name": row.name, "effective_from": row.effective_from, "reason": row.reason}
    return render_template(
        "supervision/policy_draft.html",
        draft=row,
        words=drawing.drawn(WORDS, refusal if forms.is_shown(EFFECTIVE) else None, current),
        sure=drawing.drawn((SURE,), refusal)["sure"],
        values=values,
        groups=GROUPS,
        sources=Source,
        columns=SOURCE_COLUMNS,
        cadences=CADENCE_CHOICES,
        refusal=refusal,
        now=shown(policy_on(clock.today())[1].document()),
        may_draft=holds(actor(), Right.DRAFT_POLICY),
        may_publish=holds(actor(), Right.PUBLISH_POLICY) and row.author_id != actor().id,
    )


def _seen(draft_id: int) -> PolicyDraft:
    """A draft is for who writes and who publishes rules."""
    if not _works_on_rules():
        raise NotFound
    return drafts.find(draft_id)


@blueprint.post("/policy/drafts/<int:draft_id>")
@requires(Right.DRAFT_POLICY)
@acting(draft)
def save(draft_id: int) -> ResponseReturnValue:
    said = forms.worded(WORDS)
    drafts.save(
        drafts.find(draft_id),
        actor(),
        clock.now(),
        name=said["name"],
        effective_from=forms.read((EFFECTIVE,))["effective_from"],
        reason=said["reason"],
        document=read_form(forms.typed(DRAFT)),
        version=forms.number("version") or 0,
    )
    flash("修订稿已保存", "success")
    return redirect(url_for(".lab", draft_id=draft_id), 303)


@blueprint.get("/policy/drafts/<int:draft_id>/lab")
@requires(Right.POLICY)
def lab(draft_id: int) -> Response:
    """The comparison as it goes on: the page is sent while tickets are read."""
    row = _seen(draft_id)
    get_flashed_messages(with_categories=True)  # told once: a page under way sets no cookie
    found = policy_preview.Comparison(clock.today())
    steps = policy_preview.compare_stepwise(rulebook.read_policy(row.document), found)
    page = stream_template(
        "supervision/policy_lab.html",
        draft=row,
        steps=steps,
        found=found,
        unit_names=lambda: policy_preview.unit_names(found),
        colours=RUNNING,
        may_publish=holds(actor(), Right.PUBLISH_POLICY) and row.author_id != actor().id,
    )
    return Response(page, content_type="text/html; charset=utf-8")


@blueprint.post("/policy/drafts/<int:draft_id>/publish")
@requires(Right.PUBLISH_POLICY)
@proven
@acting(draft)
def publish(draft_id: int) -> ResponseReturnValue:
    forms.read((SURE,))
    version_sent = forms.number("version") or 0
    published = drafts.publish_draft(drafts.find(draft_id), actor(), clock.now(), version_sent)
    flash(f"第{published.number}版已发布", "success")
    return redirect(url_for(".version", number=published.number), 303)


@blueprint.post("/policy/drafts/<int:draft_id>/drop")
@requires(Right.DRAFT_POLICY)
@acting(draft)
def drop(draft_id: int) -> ResponseReturnValue:
    drafts.drop(drafts.find(draft_id), actor(), clock.now())
    flash("修订稿已放弃", "success")
    return redirect(url_for(".current"), 303)
