"""设置: the city's own words a section at a time, what is still missing, and who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from issues.act_fields import Field
from issues.city import adopting, saving
from issues.city.centres import known_lines, lines_in
from issues.city.items import ITEMS, State, Told, items, lacks
from issues.city.lines import LINES, Line, is_said, said
from issues.city.reading import typed
from issues.city.sections import Needs, Section
from issues.city.words import Words, every_word
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal, Stale
from issues.rights.table import Right, holds
from issues.web.door import drawing, forms
from issues.web.door.drawing import Drawn
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("setup", __name__)
TYPES = {"lines": "long_text"}
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is drawn. `now`: what stands there, where somebody else has set it since."""

    line: Line
    field: Drawn
    state: State
    is_proposed: bool
    now: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One section. `sent`: its words and the state of all, as the address of a first page."""

    section: Section
    rows: list[Row]
    seen: str
    may_set: bool
    sent: str

    @property
    def missing(self) -> int:
        return sum(row.state is State.MISSING for row in self.rows)

    @property
    def done(self) -> int:
        return sum(row.state is State.DONE for row in self.rows)


def waiting_for(person: Actor) -> list[Told]:
    """What is missing, for who can mend it."""
    return lacks() if holds(person, Right.SET_UP) else []


def fields_of(section: Section) -> tuple[Field, ...]:
    return tuple(
        Field(one.key, TYPES.get(one.type, one.type), one.label, required=False,
              limit=_longest(one), hint=one.why, choices=one.choices)
        for one in lines_in(section)
    )  # fmt: skip


def _longest(line: Line) -> int:
    return 2000 if line.type == "lines" else line.limit


@blueprint.get("/setup")
@requires(Right.SET_UP)
def page() -> str:
    return _draw()


def _draw(
    key: str = "", refusal: Refusal | None = None, sent: Mapping[str, Any] | None = None
) -> str:
    """`sent` stands in the form of the section `key`, as yet unsaved."""
    words, told = every_word(), items()
    proposed = adopting.proposed(words)
    states = {one.item.key: one.state for one in told}
    state = "".join(saving.state_of(one, words) for one in Section)
    by_line = {Section.CENTRES.key, *(line.key for line in LINES)}
    parts = [
        _part(one, words, state, states, proposed, refusal if one.key == key else None,
              sent if one.key == key else None)
        for one in Section
    ]  # fmt: skip
    return render_template(
        "setup/page.html",
        parts=parts,
        proposed=sum(row.is_proposed and part.may_set for part in parts for row in part.rows),
        beside=[one for one in told if one.item.key not in by_line],
        counted=(sum(one.state is State.DONE for one in told), len(ITEMS)),
        missing=sum(one.state is State.MISSING for one in told),
        changes=saving.changes(),
        refusal=refusal,
        errors=refusal.errors if refusal else {},
        labels={line.key: line.section.label for line in known_lines().values()},
        needs=Needs,
        may_bring_back=holds(actor(), Right.EDIT_TEMPLATE),
        elsewhere="系统管理员" if holds(actor(), Right.EDIT_TEMPLATE) else "市环委办",
        states=State,
    )


def _part(
    section: Section,
    words: Words,
    state: str,
    states: Mapping[str, State],
    proposed: Mapping[str, Any],
    refusal: Refusal | None,
    sent: Mapping[str, Any] | None,
) -> Part:
    lines = lines_in(section)
    held = {one.key: typed(one, said(one, words)) for one in lines}
    guessed = {one.key: typed(one, proposed.get(one.key)) for one in lines if not held[one.key]}
    chosen = {one.key: said(one, words) for one in lines if one.type == "choices"}
    shown = dict(sent) if sent is not None else held | guessed | chosen
    fields = drawing.draw(
        fields_of(section), None, actor(), shown, refusal.errors if refusal else {}
    )
    rows = [
        Row(
            line, field, states.get(line.key) or _of_centre(line, words),
            is_proposed=sent is None and bool(guessed.get(line.key)),
            now=_now(line, held[line.key], field, refusal),
        )
        for line, field in zip(lines, fields, strict=True)
    ]  # fmt: skip
    return Part(
        section, rows, saving.state_of(section, words), saving.may_set(actor(), section),
        urlencode({key: text for key, text in shown.items() if text} | {"state": state}),
    )  # fmt: skip


def _of_centre(line: Line, words: Words) -> State:
    """Of a line that is no item of its own."""
    return State.DONE if is_said(line, words) else State.OPTIONAL


def _now(line: Line, held: str, field: Drawn, refusal: Refusal | None) -> str | None:
    """Both versions are shown where somebody was faster."""
    typed_now = typed(line, field.value) if line.type == "choices" else field.value or ""
    is_other = isinstance(refusal, Stale) and held != typed_now
    return (held or "（空）") if is_other else None


def _section(key: str) -> Section:
    """Raises NotFound."""
    found = next((one for one in Section if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _again(refusal: Refusal, section: str) -> str:
    return _draw(section, refusal, forms.typed(fields_of(_section(section))))


@blueprint.post("/setup/<section>")
@requires(Right.SET_UP)
@acting(_again)
def save(section: str) -> ResponseReturnValue:
    part = _section(section)
    sent = forms.worded(fields_of(part))
    changed = saving.put(part, sent, forms.carried(SEEN), actor(), at=clock.now())
    told = f"“{part.label}”已保存，更改了{len(changed)}处" if changed else "没有更改"
    flash(told, "success" if changed else "info")
    return redirect(url_for(".page", _anchor=section), 303)


@blueprint.post("/setup/<section>/look")
@requires(Right.SET_UP)
def look(section: str) -> ResponseReturnValue:
    """The page with what is typed, and the first pages drawn with it. Nothing is kept."""
    fields = fields_of(_section(section))
    try:
        return _draw(section, sent=forms.worded(fields))
    except Incomplete as refusal:
        return _draw(section, refusal, forms.typed(fields)), refusal.status


def _after_all(refusal: Refusal, **_given: Any) -> str:
    return _draw(refusal=refusal)


@blueprint.post("/setup/changes/<int:change_id>/back")
@requires(Right.SET_UP)
@acting(_after_all)
def bring_back(change_id: int) -> ResponseReturnValue:
    changed = saving.bring_back(change_id, actor(), at=clock.now())
    flash(f"已恢复{len(changed)}处更改以前的内容", "success")
    return redirect(url_for(".page", _anchor="changes"), 303)
