"""The form of one act as a page: empty, or with all that was typed and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.burden import known
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal, Stale, WrongStatus
from issues.models import Issue
from issues.queries.evidence.files import hidden_from
from issues.queries.ground.names import region_words
from issues.queries.ticket.page import events_of, last_seq
from issues.queries.ticket.words import change_of, label_of, lines_of
from issues.rights.table import Right, may
from issues.vocabulary import GRAVE, Action
from issues.web.door import forms
from issues.web.door.drawing import Drawn, draw, place_of, with_sources
from issues.web.door.guards import actor
from issues.web.door.once import FormReused, form_key
from issues.web.ticket import (
    draw as act_draw,
    merge as act_merge,
    photos as act_files,
    values as act_values,
)
from issues.web.ticket.deciding.beside import beside
from issues.web.ticket.deciding.limits import limited
from issues.web.ticket.form import ONLY_CHANGED, at_lines

WIDE = frozenset({Action.REGISTER, Action.EDIT, Action.AMEND, Action.SUBMIT_PLAN})
"""Forms with a table of whole measures in them."""
ADVICE = {
    Action.ASSIGN: ("修改草稿", "edit"),
    Action.REQUEST_ACCEPTANCE: ("上传佐证材料", "evidence"),
    Action.PASS_FIRST_ACCEPTANCE: ("登记和审核读数", "readings"),
    Action.APPROVE_CLOSURE: ("登记和审核读数", "readings"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened since the form was drawn."""

    who: str
    at: Any
    label: str
    step: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """`clashes` are what both have changed; `is_over` says that the act cannot be done any more."""

    heading: str
    sentence: str
    known: int | None
    current: int
    changes: list[Change]
    clashes: list[act_merge.Clash]
    is_over: bool


def sheet(
    act: Action,
    issue: Issue | None,
    said: Mapping[str, Any] | None = None,
    refused: Refusal | None = None,
    further: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """The form, empty or with everything that was typed and what is wrong with it."""
    person = actor()
    fields = limited(act_draw.fields_for(act, issue, person), act, issue)
    current = act_values.current(act, issue, person) if issue is not None else {}
    base = act_merge.base_of_form()
    clashes: list[act_merge.Clash] = []
    if said is not None and isinstance(refused, Stale | FormReused) and base is not None:
        said, clashes = act_merge.merge(fields, base, said, current)
    values = act_values.with_labels(fields, said, current) if said is not None else current
    errors = _at_their_fields(act, refused.errors if refused else {})
    errors = _at_their_lines(act, fields, errors, said, current)
    drawn = _drawn(act, issue, fields, values, errors)
    names = {one.name for one in drawn} | {act_draw.CONFIRMED, act_files.FIELD}
    return render_template(
        "ticket/act/page.html",
        act=act,
        issue=issue,
        sections=act_draw.in_sections(drawn),
        summary=_summary(fields, errors, names),
        others=[said for path, told in errors.items() if _head(path) not in names
                for said in told],
        advice=ADVICE.get(act),
        is_grave=act in GRAVE,
        is_wide=act in WIDE,
        is_confirmed=bool(forms.carried(act_draw.CONFIRMED)),
        is_next=refused is None or bool(forms.carried("next")),
        conflict=_conflict(issue, refused, clashes),
        **act_files.drawn(act),
        **beside(act, issue, person),
        hidden=_hidden(act, issue, refused, current) | dict(further or {}),
    ), refused.status if refused else 200  # fmt: skip


def standing_still(act: Action, issue: Issue, why: Sequence[str]) -> ResponseReturnValue:
    """The page of an act that today's facts forbid: why and what cures it, in place of a form."""
    return render_template(
        "ticket/act/page.html",
        act=act,
        issue=issue,
        sections=[],
        summary=({}, {}),
        others=why,
        advice=ADVICE.get(act),
        is_still=True,
        photo_kinds=(),
        conflict=None,
        **beside(act, issue, actor()),
    ), 200


def _drawn(
    act: Action,
    issue: Issue | None,
    fields: tuple[Field, ...],
    values: Mapping[str, Any],
    errors: Mapping[str, list[str]],
) -> list[Drawn]:
    known_of_it = known.said(act, issue, actor()) if issue is not None else {}
    return with_sources(draw(fields, issue, actor(), values, errors), known_of_it)


def _hidden(
    act: Action, issue: Issue | None, refused: Refusal | None, current: Mapping[str, Any]
) -> dict[str, Any]:
    """The one-time key stays with a form that is sent again; the version is what was read."""
    carried: dict[str, Any] = {"once": form_key()}
    if issue is None:
        return carried
    if act in ONLY_CHANGED:
        kept = forms.carried(act_merge.BASE) if isinstance(refused, Incomplete) else None
        carried[act_merge.BASE] = kept or act_merge.written(current)
    if isinstance(refused, Incomplete):
        version, seen = forms.number("version"), forms.number("seen")
        carried |= {"version": version or issue.version, "seen": seen or _last_seq(issue)}
    else:
        carried |= {"version": issue.version, "seen": _last_seq(issue)}
    return carried


def _last_seq(issue: Issue) -> int:
    return last_seq(issue, see_covert=may(actor(), Right.SEE_COVERT, issue))


def _at_their_fields(act: Action, errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Some faults of an amendment are found where drafts are checked, and named as there."""
    if act is not Action.AMEND:
        return dict(errors)
    own = ("fields", "reason", "note")
    return {path if _head(path) in own else f"fields.{path}": said
            for path, said in errors.items()}  # fmt: skip


def _at_their_lines(
    act: Action,
    fields: tuple[Field, ...],
    errors: dict[str, list[str]],
    said: Mapping[str, Any] | None,
    current: Mapping[str, Any],
) -> dict[str, list[str]]:
    """Rows left alone are no part of the act: its second row may be the form's fifth line."""
    if said is None or act not in ONLY_CHANGED:
        return errors
    meant = act_merge.chosen(fields, said, current, forms.marked(act_merge.THEIRS))
    return at_lines(fields, errors, meant, current)


def _head(path: str) -> str:
    return path.split(".", maxsplit=1)[0]


def _summary(
    fields: tuple[Field, ...], errors: Mapping[str, list[str]], known: set[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """(sentences by the id their field ends in, labels by the same)."""
    by_name = {one.name: one for one in fields}
    told, labels = {}, {act_draw.CONFIRMED: "确认", act_files.FIELD: "照片"}
    for path, said in errors.items():
        if _head(path) not in known:
            continue
        anchor = path.replace(".", "-")
        told[anchor] = said
        if _head(path) in by_name:
            labels[anchor] = place_of(by_name[_head(path)], path)
    return told, labels


def _conflict(
    issue: Issue | None, refused: Refusal | None, clashes: list[act_merge.Clash]
) -> Conflict | None:
    """What happened meanwhile, where it keeps the act from being done as it was typed."""
    if issue is None or not isinstance(refused, Stale | WrongStatus | FormReused):
        return None
    person = actor()
    see_covert = may(person, Right.SEE_COVERT, issue)
    events = events_of(issue, see_covert=see_covert, after=forms.number("seen") or 0)
    region, hidden = region_words(), hidden_from(person, issue)
    return Conflict(
        refused.heading,
        refused.sentence,
        forms.number("version"),
        issue.version,
        [
            Change(f"{e.unit} {e.actor}".strip(), clock.local(e.at), label_of(e), change_of(e),
                   lines_of(e, region=region, hidden=hidden))
            for e in events
        ],
        clashes,
        isinstance(refused, WrongStatus),
    )  # fmt: skip
