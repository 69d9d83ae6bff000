"""The forms of a page of ours, with the places of their controls in its text.

Our own pages, so that a control is where its tag is: nothing is mended as a browser would.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = frozenset({"submit", "button", "image", "reset"})
UNSEEN = frozenset({"hidden", "file", "password"}) | BUTTONS

Attrs = dict[str, str | None]


@dataclass(slots=True)
class Tag:
    """From the first sign of a tag to behind its last."""

    start: int
    end: int
    attrs: Attrs


@dataclass(slots=True)
class Control(Tag):
    """`kind` is the type of an input, or the tag's name. What stands within ends at `closed`."""

    kind: str
    closed: int = 0
    options: list[Tag] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attrs.get("name") or ""


@dataclass(slots=True)
class Form(Tag):
    actions: set[str] = field(default_factory=set)
    controls: list[Control] = field(default_factory=list)
    closed: int = 0

    def hidden(self) -> dict[str, str]:
        return {
            one.name: one.attrs.get("value") or "" for one in self.controls if one.kind == "hidden"
        }

    def seen(self) -> list[Control]:
        return [one for one in self.controls if one.name and one.kind not in UNSEEN]


def forms_of(html: str, path: str) -> list[Form]:
    """Those that are posted. `path` is the page's own, where a form without an action is sent."""
    reader = _Reader(html, path)
    reader.feed(html)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, html: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self._path = path
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.forms: list[Form] = []
        self._all: dict[str, Form] = {}
        self._open: Form | None = None
        self._control: Control | None = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        known = dict(attrs)
        span = (start, start + len(self.get_starttag_text() or ""), known)
        if tag == "form":
            self._begin(Form(*span))
        elif tag == "option" and self._control is not None:
            self._control.options.append(Tag(*span))
        elif tag in ("input", "select", "textarea", "button"):
            kind = tag if tag in ("select", "textarea") else known.get("type") or _usual(tag)
            self._take(Control(*span, kind=kind, closed=span[1]))

    def _begin(self, form: Form) -> None:
        self._open = form
        form.actions.add(_path_of(form.attrs.get("action") or self._path))
        if form.attrs.get("id"):
            self._all[form.attrs["id"] or ""] = form
        if (form.attrs.get("method") or "").lower() == "post":
            self.forms.append(form)

    def _take(self, control: Control) -> None:
        named = control.attrs.get("form")
        form = self._all.get(named) if named else self._open
        if form is None:
            return
        if control.kind in BUTTONS:
            goes = control.attrs.get("formaction")
            form.actions |= {_path_of(goes)} if goes else set()
            return
        form.controls.append(control)
        self._control = control if control.kind in ("select", "textarea") else self._control

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open is not None:
            self._open.closed, self._open = self._here(), None
        elif tag in ("select", "textarea") and self._control is not None:
            self._control.closed, self._control = self._here(), None


def _usual(tag: str) -> str:
    return "submit" if tag == "button" else "text"


def _path_of(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]
