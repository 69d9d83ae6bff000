"""Tables of labels beside their words, one for each problem: 存在问题 in a cell, … in the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from issues.texts.labels import MATTER, Told
from issues.texts.numbering import without_mark
from issues.texts.parts.heads import LONGEST_HEAD, NEEDED, ORDER, field_of
from issues.texts.record import Draft, Paragraph, Part

LONGEST_HEADING = 60


@dataclass(slots=True)
class _Form:
    rows: list[Paragraph]
    told: list[Told]
    heading: Paragraph | None = None


def parts_of(text: Sequence[Paragraph]) -> tuple[list[Part], set[int]]:
    """Every form that says a problem, as an item, and the paragraphs they took."""
    forms = [one for one in _forms(text) if any(said.field in NEEDED for said in one.told)]
    has_each = len(forms) > 1 and all(one.heading is not None for one in forms)
    parts = [_part(one, has_each=has_each) for one in forms]
    return parts, {no for one in parts for no in range(one.draft.first, one.draft.last + 1)}


def as_told(one: Paragraph) -> Paragraph:
    """A row of a form that says no problem, as labelled words of the part it stands in."""
    told = told_of(one)
    return replace(one, told=tuple(said for said in told if said.text)) if told else one


def told_of(one: Paragraph) -> list[Told]:
    """Labels and their words in turn; none where the row is no such."""
    cells = list(one.cells)
    if len(cells) > 2 and len(cells) % 2 and _label(cells[1]) and len(cells[0]) <= LONGEST_HEAD:  # noqa: PLR2004
        cells = cells[1:]
    while cells and not cells[-1]:
        cells.pop()
    cells += [""] * (len(cells) % 2)
    labels, words = cells[0::2], cells[1::2]
    if not labels or not any(words) or not all(map(_label, labels)):
        return []
    if all(_label(word) or not word for word in words):
        return []
    return [Told(_label(head), said, head) for head, said in zip(labels, words, strict=True)]


def _label(head: str) -> str:
    return field_of(head.rstrip("：:")) or "" if len(head) <= LONGEST_HEAD else ""


def _forms(text: Sequence[Paragraph]) -> Iterator[_Form]:
    """Rows that stand together, cut where a problem is said again after something else was."""
    form: _Form | None = None
    for place, one in enumerate(text):
        told = told_of(one)
        if not told:
            if form:
                yield form
            form = None
            continue
        if form and _begins(form, told):
            yield form
            form = None
        if form is None:
            form = _Form([], [], _heading(text, place))
        form.rows.append(one)
        form.told += [said for said in told if said.text and said not in form.told]
    if form:
        yield form


def _begins(form: _Form, told: Sequence[Told]) -> bool:
    first = told[0]
    is_new = all(first.text != said.text for said in form.told if said.field == first.field)
    return (
        first.field in {*NEEDED, ORDER} and is_new
        and any(said.field in NEEDED for said in form.told)
        and form.told[-1].field not in {*NEEDED, ORDER}
    )  # fmt: skip


def _heading(text: Sequence[Paragraph], place: int) -> Paragraph | None:
    """The numbered line right above, where it is short enough to be one."""
    above = text[place - 1] if place else None
    if above is None or above.cells or len(above.text) > LONGEST_HEADING:
        return None
    return above if without_mark(above.text) != above.text else None


def _part(form: _Form, *, has_each: bool) -> Part:
    heading, first = form.heading, form.rows[0].no
    head = without_mark(heading.text) if heading else ""
    takes = heading is not None and (has_each or MATTER.fullmatch(head) is not None)
    order = next((one.text for one in form.told if one.field == ORDER), "")
    mark = heading.text.removesuffix(head) if heading and takes else order
    draft = Draft(0, heading.no if heading and takes else first, form.rows[-1].no, mark)
    told = [one for one in form.told if one.field != ORDER]
    draft.title = next((one.text for one in told if one.field == "title"), head if takes else "")
    told = [one for one in told if one.field != "title"]
    if draft.title and not any(one.field == "problem" for one in told):
        told.append(Told("problem", draft.title))
    problem = next((one.text for one in told if one.field == "problem"), "")
    return Part(draft, told, problem)
