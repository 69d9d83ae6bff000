"""What was kept of a form, put into the form as its page draws it today.

What nobody sees of a form (its version, its keys) stays as it is drawn: only what a person types,
chooses or ticks is put in, so that everything the server checks it checks on the state of today.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

from issues.ground.numbers import LARGEST_ID, whole
from issues.kept.content import Content
from issues.web.door.files import staged
from issues.web.door.forms import MOST_ROWS
from issues.web.door.kept.posted import KEPT
from issues.web.door.kept.reading import Attrs, Control, Form, Tag, forms_of

CHECKED = ("checkbox", "radio")
Edit = tuple[int, int, str]
Left = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Filled:
    """`html` with the form filled, which begins at `start`. `is_other`: something differed there.

    `left`: what no control took; `is_newer`: the page has another version than was typed upon.
    """

    html: str
    start: int
    is_other: bool
    left: tuple[str, ...]
    is_newer: bool


def filled(html: str, path: str, content: Content, token: str) -> Filled | None:
    """None where the page has no such form."""
    form = form_of(html, path, content)
    if form is None:
        return None
    grown = _with_rows(html, form, content)
    if grown != html:
        html = grown
        form = form_of(html, path, content) or form
    left: Left = defaultdict(list)
    for name, text in content.said:
        left[name].append(text)
    edits = [edit for control in form.seen() for edit in _edits(html, control, left)]
    has_files = any(left.pop(name) for name in list(left) if name.startswith(staged.PREFIX))
    hidden = form.hidden()
    carried = "" if KEPT in hidden else _hidden(KEPT, token)
    version = hidden.get("version", "")
    return Filled(
        html=_edited(html, [*edits, (form.end, form.end, carried)]),
        start=form.start,
        is_other=bool(edits) or has_files,
        left=tuple(text for name in left if name not in hidden for text in left[name]),
        is_newer=bool(content.version and version) and version != content.version,
    )


def form_of(html: str, path: str, content: Content) -> Form | None:
    """The form that is sent where this one was; of several the one that carries the same unseen."""
    said = dict(content.said)
    found = [one for one in forms_of(html, path) if content.action in one.actions]
    if len(found) <= 1:
        return next(iter(found), None)
    fits = [one for one in found if all(said.get(name, value) == value for name, value in
                                        one.hidden().items() if name in said)]  # fmt: skip
    most = max(fits, key=lambda one: len(one.hidden().keys() & said.keys()), default=None)
    return most if most is not None and any(one.name in said for one in most.seen()) else None


def is_typed_into(form: Form, content: Content) -> bool:
    """Whether anything that is seen of the form was filled."""
    names = {name for name, _ in content.said}
    return any(one.name in names for one in form.seen())


def with_token(html: str, form: Form, token: str) -> str:
    if KEPT in form.hidden():
        return html
    return _edited(html, [(form.end, form.end, _hidden(KEPT, token))])


def _edits(html: str, control: Control, left: Left) -> Iterable[Edit]:
    told = left.get(control.name, [])
    if control.kind in CHECKED:
        yield from _ticked(control, told)
    elif not told:
        return
    elif control.kind == "select":
        yield from _chosen(control, told)
    elif control.kind == "textarea":
        text = told.pop(0)
        if _bare(unescape(html[control.end : control.closed])) != _bare(text):
            first = "\n" if text.startswith(("\n", "\r")) else ""
            yield control.end, control.closed, first + escape(text, quote=False)
    else:
        text = told.pop(0)
        if (control.attrs.get("value") or "") != text:
            yield _anew(control, "input", control.attrs | {"value": text})


def _ticked(control: Control, told: list[str]) -> Iterable[Edit]:
    value = control.attrs.get("value") or "on"
    is_wanted, is_ticked = value in told, "checked" in control.attrs
    if is_wanted:
        told.remove(value)
    if is_wanted != is_ticked:
        yield _anew(control, "input", _marked(control.attrs, "checked", is_so=is_wanted))


def _chosen(control: Control, told: list[str]) -> Iterable[Edit]:
    offered = [one.attrs.get("value") or "" for one in control.options]
    wanted = [text for text in told if text in offered]
    if not wanted:
        return
    if "multiple" not in control.attrs:
        wanted = wanted[:1]
    for text in wanted:
        told.remove(text)
    for one, value in zip(control.options, offered, strict=True):
        if (value in wanted) != ("selected" in one.attrs):
            yield _anew(one, "option", _marked(one.attrs, "selected", is_so=value in wanted))


def _marked(attrs: Attrs, mark: str, *, is_so: bool) -> Attrs:
    others = {name: said for name, said in attrs.items() if name != mark}
    return others | ({mark: None} if is_so else {})


def _with_rows(html: str, form: Form, content: Content) -> str:
    """As many lines in a field of rows as were filled: its last line again, as app.js adds them."""
    names = {one.name for one in form.controls}
    lines: dict[str, set[int]] = defaultdict(set)
    for name, _ in content.said:
        row = re.fullmatch(r"([a-z_]+)-(\d{1,4})-[a-z_]+", name)
        place = whole(row[2], 0, LARGEST_ID) if row else None
        if row and place is not None and place < MOST_ROWS and name not in names:
            lines[row[1]].add(place)
    for name, places in lines.items():
        html = _grown(html, name, form.start, sorted(places))
    return html


def _grown(html: str, name: str, start: int, places: list[int]) -> str:
    table = html.find(f'data-rows="{name}"', start)
    end = html.find("</tbody>", table) if table >= 0 else -1
    first = html.rfind("<tr>", table, end) if end >= 0 else -1
    if first < 0:
        return html
    line = html[first:end]
    found = re.search(rf'name="{re.escape(name)}-(\d+)-', line)
    if found is None:
        return html
    last = whole(found[1], 0, LARGEST_ID) or 0
    more = "".join(
        line.replace(f"{name}-{last}-", f"{name}-{place}-").replace(
            f"第{last + 1}行", f"第{place + 1}行"
        )
        for place in places
        if place > last
    )
    return html[:end] + more + html[end:]


def _anew(tag: Tag, called: str, attrs: Attrs) -> Edit:
    said = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attrs.items()
    )
    return tag.start, tag.end, f"<{called}{said}>"


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _bare(text: str) -> str:
    """A browser sends every end of a line as two signs, and drops one at the very start."""
    return text.replace("\r\n", "\n").removeprefix("\n").rstrip("\n")


def _edited(html: str, edits: Iterable[Edit]) -> str:
    for start, end, text in sorted(edits, key=lambda edit: edit[0], reverse=True):
        html = html[:start] + text + html[end:]
    return html
