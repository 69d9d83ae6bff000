"""A text read into drafts: its paragraphs left, each draft right with every guess and why."""

from dataclasses import dataclass

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import regions
from issues.act_fields import Field, fields_of, optional
from issues.city.words import sources
from issues.evidence.refusals import EvidenceRefused
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.models import TextDocument, TextItem
from issues.queries.ground.names import names
from issues.queries.ground.paging import page_asked
from issues.queries.texts.earlier import earlier
from issues.rights.table import Right, holds
from issues.texts import accepting, kept, sample
from issues.texts.accepting import EDITED
from issues.texts.record import Draft, Paragraph, Read
from issues.texts.wording import guesses_of
from issues.vocabulary import Action, Source, Status
from issues.web.door import drawing, forms, turns
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("texts", __name__, url_prefix="/texts")
NAME = Field(
    "name", "text", "文件名称", limit=kept.LONGEST_NAME, hint="如某市生态环境保护督察整改方案"
)
SOURCE = Field("source", "choice", "问题来源", choices=tuple(Source.choices()))
TEXT = optional("text", "long_text", "粘贴文字", limit=kept.LONGEST, hint="从文件中复制，含表格")
FILE = optional("file", "file", "或上传文件", hint="PDF 须有文字，扫描件不能识别")
ASKED = (NAME, SOURCE, TEXT, FILE)
_REGISTER = {field.name: field for field in fields_of(Action.REGISTER)}
FORM = tuple(_REGISTER[name] for name in EDITED)
REASON = fields_of(Action.WITHDRAW)
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Side:
    """One draft beside its paragraphs; `item` is its ticket where it was registered."""

    draft: Draft
    paragraphs: list[Paragraph]
    guesses: list[tuple[str, str]]
    item: TextItem | None


@blueprint.get("")
@requires(Right.READ_TEXTS)
def listed(refusal: Refusal | None = None) -> str:
    """`?sample=1` fills the form with the sample; nothing is kept before it is sent."""
    chosen = [(one.value, one.label) for one in sources()]
    values = _sample() if request.args.get("sample") else {}
    return render_template(
        "texts/listed.html",
        form=drawing.drawn(ASKED, refusal, values, choices={"source": chosen}),
        refusal=refusal,
        may_register=holds(actor(), Right.IMPORT),
        earlier=earlier(page_asked(request.args.get("page", ""))),
        link=lambda to: url_for("texts.listed", page=to),
    )


def _sample() -> dict[str, str]:
    words = sample.text(*kept.sample_of(), year=clock.today().year + 1)
    return {NAME.name: sample.NAME, SOURCE.name: Source.AF.value, TEXT.name: words}


@blueprint.post("")
@requires(Right.IMPORT)
@builds_file
def bring_in() -> ResponseReturnValue:
    """Read before it is kept: what cannot be read leaves nothing behind."""
    try:
        said = forms.read((NAME, SOURCE))
        name, digest = _received(said["name"])
        with transaction():
            source = Source(said["source"])
            row = kept.note(name, digest, source, actor(), clock.now())
            return redirect(url_for("texts.page", document_id=row.id), 303)
    except Incomplete as refusal:
        return make_response(listed(refusal=refusal), refusal.status)


def _received(name: str) -> tuple[str, str]:
    """What it is called, and the digest it is kept under."""
    file = staged.file(FILE.name)
    if file is not None:
        ending = file.filename.rpartition(".")[2].lower()
        try:
            with turns.UPLOADS.turn():
                digest = kept.take_in(_store(), file.stream, file.filename)
        except EvidenceRefused as refused:
            raise Incomplete({FILE.name: [str(refused)]}) from None
        return kept.named(f"{name}.{ending}"), digest
    # as it was sent: what reads a form takes tabs for blanks, and cells are told apart by them
    text = kept.cleaned(forms.carried(TEXT.name))
    return kept.named(f"{name}{kept.PASTED}"), kept.paste(_store(), text)


@blueprint.get("/<int:document_id>")
@requires(Right.READ_TEXTS)
@builds_file
def page(document_id: int) -> ResponseReturnValue:
    return _draw(document_id)


def _draw(document_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    row = kept.load(document_id)
    read = kept.read_again(row, _store())
    sides = _sides(row, read)
    stand = [side.item.issue.status for side in sides if side.item is not None]
    return render_template(
        "texts/page.html",
        document=row,
        read=read,
        sides=sides[:MOST_SHOWN],
        waiting=len(sides) - len(stand),
        drafts=stand.count(Status.DRAFT),
        named=names(),
        towns=regions.words_of({one.township for one in read.drafts if one.township}),
        refusal=refusal,
        may_register=holds(actor(), Right.IMPORT),
        may_withdraw=holds(actor(), Action.WITHDRAW),
        reason=drawing.drawn(REASON, refusal),
    )


def _sides(row: TextDocument, read: Read) -> list[Side]:
    here = accepting.by_place(row)
    return [
        Side(one, read.source_of(one), guesses_of(one), here.get((one.first, one.last)))
        for one in read.drafts
    ]


@blueprint.get("/<int:document_id>/<int:place>")
@requires(Right.IMPORT)
@builds_file
def item(document_id: int, place: int) -> ResponseReturnValue:
    return _draw_item(document_id, place)


def _draw_item(document_id: int, place: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    row = kept.load(document_id)
    read = kept.read_again(row, _store())
    draft = _draft_at(read, place)
    errors = refusal.errors if refusal else {}
    towns = regions.words_of([draft.township] if draft.township else [])
    values = {one.name: getattr(draft, one.name) for one in FORM}
    values |= {"township": towns.get(draft.township, "")} | _edited()
    shown = drawing.draw(FORM, None, actor(), values, errors)
    return render_template(
        "texts/item.html",
        document=row,
        side=Side(draft, read.source_of(draft), guesses_of(draft), None),
        form={one.name: one for one in shown},
        labels={one.name: one.label for one in FORM},
        named=names(),
        towns=towns,
        refusal=refusal,
    )


def _edited() -> dict[str, str]:
    """What was typed, where the form was sent; a bare button sends none of it."""
    return {name: said for name, said in forms.typed(FORM).items() if name in forms.lists()}


def _draft_at(read: Read, place: int) -> Draft:
    draft = next((one for one in read.drafts if one.place == place), None)
    if draft is None:
        raise NotFound
    return draft


@blueprint.post("/<int:document_id>/<int:place>")
@requires(Right.IMPORT)
@acting(_draw_item)
def accept(document_id: int, place: int) -> ResponseReturnValue:
    row = kept.load(document_id, for_change=True)
    read = kept.read_again(row, _store())
    issue = accepting.accept(row, read, _draft_at(read, place), actor(), _edited())
    flash(f"第{place}件已登记为草稿，编号{issue.number}。", "success")
    return redirect(f"{url_for('texts.page', document_id=document_id)}#item-{place}", 303)


@blueprint.post("/<int:document_id>/all")
@requires(Right.IMPORT)
@acting(_draw)
def accept_all(document_id: int) -> ResponseReturnValue:
    row = kept.load(document_id, for_change=True)
    done, why = accepting.accept_all(row, kept.read_again(row, _store()), actor())
    flash(f"已登记{len(done)}件草稿，逐件修改齐全后交办。", "success" if done else "info")
    for place, told in why.items():
        flash(f"第{place}件没有登记：{told}。", "warning")
    return redirect(url_for("texts.page", document_id=document_id), 303)


@blueprint.post("/<int:document_id>/withdraw")
@requires(Action.WITHDRAW)
@acting(_draw)
def withdraw(document_id: int) -> ResponseReturnValue:
    row = kept.load(document_id, for_change=True)
    gone = accepting.withdraw(row, actor(), forms.read(REASON)["reason"])
    flash(f"已撤销{len(gone)}件草稿。", "success")
    return redirect(url_for("texts.page", document_id=document_id), 303)


def _store() -> Store:
    store: Store = current_app.extensions["evidence"]
    return store
