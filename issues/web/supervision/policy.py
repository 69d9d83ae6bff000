"""The rules: what is in force and why, a revision being written, and the rule lab."""

from flask import (
    Blueprint,
    Response,
    flash,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    stream_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from extensions import db
from issues.colour.policies import SHIPPED, policy_on
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import PolicyVersion
from issues.rights.table import Right, holds
from issues.rules.policy import NUMBERS, Policy
from issues.rules.presets import PRESETS
from issues.rules.scores.figures import FIGURES
from issues.supervision import drafts, policy_preview, rulebook
from issues.vocabulary import RUNNING, Source
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.supervision.policy_file import begun, refused
from issues.web.supervision.policy_form import (
    CADENCE_CHOICES,
    DRAFT,
    EFFECTIVE,
    GROUPS,
    SCORED_COLUMNS,
    SCORED_DRAFT,
    SCORED_GROUPS,
    SOURCE_COLUMNS,
    SURE,
    WORDS,
    as_toml,
    read_form,
    shown,
)
from issues.web.supervision.policy_scores import filled_from, read_over, ready

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
        drafts=drafts.open_drafts() if drafts.works_on_rules(actor()) else [],
        may_begin=holds(actor(), Right.DRAFT_SCORES),
        may_draft=holds(actor(), Right.DRAFT_POLICY),
        presets=PRESETS,
        numbers=NUMBERS,
        figures=FIGURES,
        people=rulebook.persons(number),
    )


@blueprint.post("/policy/drafts")
@requires(Right.DRAFT_SCORES)
@acting(refused)
def begin() -> ResponseReturnValue:
    return begun(None)


@blueprint.post("/policy/drafts/preset/<name>")
@requires(Right.DRAFT_POLICY)
@acting(refused)
def begin_from_preset(name: str) -> ResponseReturnValue:
    if name not in PRESETS:
        raise NotFound
    preset = PRESETS[name]
    reason = f"按预设“{preset.label}”起草。" + (f"依据：{preset.origin}。" if preset.origin else "")
    return begun(preset.policy().document(), name=preset.label, reason=reason)


@blueprint.get("/policy/drafts/<int:draft_id>")
@requires(Right.POLICY)
def draft(draft_id: int, refusal: Refusal | None = None) -> str:
    row, is_whole = drafts.seen(draft_id, actor()), _writes_all()
    values = shown(row.document)
    filled = request.args.get("scores", "") if refusal is None else ""
    values |= filled_from(filled)
    if refusal is not None:
        values |= forms.typed(field for field in DRAFT if forms.is_shown(field))
    current = {"name": row.name, "effective_from": row.effective_from, "reason": row.reason}
    return render_template(
        "supervision/policy_draft.html",
        draft=row,
        words=drawing.drawn(WORDS, refusal if forms.is_shown(EFFECTIVE) else None, current),
        sure=drawing.drawn((SURE,), refusal)["sure"],
        values=values,
        groups=GROUPS if is_whole else SCORED_GROUPS,
        sources=Source,
        columns=SOURCE_COLUMNS if is_whole else SCORED_COLUMNS,
        cadences=CADENCE_CHOICES if is_whole else (),
        ready=ready(),
        filled=filled,
        refusal=refusal,
        now=shown(policy_on(clock.today())[1].document()),
        may_draft=drafts.may_write(row, actor()),
        may_drop=drafts.may_write(row, actor()) or row.author_id == actor().id,
        may_publish=holds(actor(), Right.PUBLISH_POLICY) and row.author_id != actor().id,
    )


def _writes_all() -> bool:
    """The performance office writes the numbers of the scores alone."""
    return holds(actor(), Right.DRAFT_POLICY) or holds(actor(), Right.PUBLISH_POLICY)


@blueprint.post("/policy/drafts/<int:draft_id>")
@requires(Right.DRAFT_SCORES)
@acting(draft)
def save(draft_id: int) -> ResponseReturnValue:
    row, said, is_whole = drafts.find(draft_id), forms.worded(WORDS), _writes_all()
    typed = forms.typed(DRAFT if is_whole else SCORED_DRAFT)
    drafts.save(
        row,
        actor(),
        clock.now(),
        name=said["name"],
        effective_from=forms.read((EFFECTIVE,))["effective_from"],
        reason=said["reason"],
        document=read_form(typed) if is_whole else read_over(row.document, typed),
        version=forms.number("version") or 0,
    )
    flash("修订稿已保存", "success")
    compared = ".lab" if is_whole else "score_preview.page"
    return redirect(url_for(compared, draft_id=draft_id), 303)


@blueprint.get("/policy/drafts/<int:draft_id>/lab")
@requires(Right.POLICY)
def lab(draft_id: int) -> Response:
    """The comparison as it goes on: the page is sent while tickets are read."""
    row = drafts.seen(draft_id, actor())
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
@requires(Right.DRAFT_SCORES)
@acting(draft)
def drop(draft_id: int) -> ResponseReturnValue:
    drafts.drop(drafts.find(draft_id), actor(), clock.now())
    flash("修订稿已放弃", "success")
    return redirect(url_for(".current"), 303)
