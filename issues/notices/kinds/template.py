"""A template read: plain text with named fields, each fault told at its line.

Before 正文 stand the labelled lines. `{字段}` is replaced by a fact, `[…]` falls away where a
fact in it is empty, a line of one block field alone is replaced by paragraphs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from issues.notices.page.document import Level

MOST_CHARACTERS = 20_000
MOST_LINES = 300
TITLE, DEMAND, CONSEQUENCE, ATTACHMENT, BODY = "标题", "要求", "后果", "附件", "正文"
_LABELLED = re.compile(rf"({TITLE}|{DEMAND}|{CONSEQUENCE}|{ATTACHMENT}|{BODY})[：:](.*)")
_TAIL = re.compile(r"(.*)【\{([^{}]*)\}】\s*")
_LEVELS = (
    (Level.FIRST, re.compile(r"[一二三四五六七八九十]+、")),
    (Level.SECOND, re.compile(r"（[一二三四五六七八九十]+）")),
    (Level.THIRD, re.compile(r"\d{1,2}[.．]\s*")),
)
_MARKS = re.compile(r"[{}\[\]]")


class Hole(NamedTuple):
    name: str


class Maybe(NamedTuple):
    """A part that falls away where a fact in it is empty."""

    parts: tuple["Part", ...]


Part = str | Hole | Maybe
Text = tuple[Part, ...]


class Fault(NamedTuple):
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.sentence}"


class Demand(NamedTuple):
    text: Text
    due: str


class Enclosure(NamedTuple):
    title: str
    name: str


class Line(NamedTuple):
    """A line of the body; `number` is its place in the template."""

    number: int
    level: Level
    text: Text


@dataclass(frozen=True, slots=True)
class Template:
    title: Text = ()
    demands: tuple[Demand, ...] = ()
    consequence: Text = ()
    enclosures: tuple[Enclosure, ...] = ()
    body: tuple[Line, ...] = ()


class Unreadable(ValueError):
    """The template cannot be used; `faults` says why, each at its line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = faults


@lru_cache(maxsize=64)
def read(text: str) -> Template:
    """Raises Unreadable. Whether its fields are known is for `kinds.named` to say."""
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        raise Unreadable([Fault(1, f"模板最多{MOST_CHARACTERS}字、{MOST_LINES}行")])
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line.strip())
    return reader.end()


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.labelled: dict[str, list[Any]] = {
            TITLE: [],
            DEMAND: [],
            CONSEQUENCE: [],
            ATTACHMENT: [],
        }
        self.body: list[Line] = []
        self.is_body = False

    def take(self, number: int, line: str) -> None:
        if not line:
            return
        try:
            self._take(number, line)
        except ValueError as error:
            self.faults.append(Fault(number, str(error)))

    def _take(self, number: int, line: str) -> None:
        if self.is_body:
            self.body.append(_body_line(number, line))
            return
        found = _LABELLED.fullmatch(line)
        if found is None:
            raise ValueError("正文之前的每行应以“标题：”“要求：”“后果：”或“附件：”开头")
        label, text = found.group(1), found.group(2).strip()
        if label == BODY:
            self.is_body = True
            if text:
                self.body.append(_body_line(number, text))
        elif label in {TITLE, CONSEQUENCE} and self.labelled[label]:
            raise ValueError(f"“{label}”只能有一行")
        elif not text:
            raise ValueError(f"“{label}”后面没有内容")
        else:
            self.labelled[label].append(_labelled(label, text))

    def end(self) -> Template:
        if not self.labelled[TITLE]:
            self.faults.append(Fault(1, "缺少“标题：”一行"))
        if not self.body:
            self.faults.append(Fault(1, "缺少“正文：”及其内容"))
        if self.faults:
            raise Unreadable(self.faults)
        return Template(
            title=self.labelled[TITLE][0],
            demands=tuple(self.labelled[DEMAND]),
            consequence=next(iter(self.labelled[CONSEQUENCE]), ()),
            enclosures=tuple(self.labelled[ATTACHMENT]),
            body=tuple(self.body),
        )


def _labelled(label: str, text: str) -> Text | Demand | Enclosure:
    tail = _TAIL.fullmatch(text)
    if label == ATTACHMENT:
        if tail is None or not tail.group(1).strip():
            raise ValueError("附件写作“附件：标题【{表名}】”")
        return Enclosure(tail.group(1).strip(), tail.group(2))
    if label == DEMAND:
        return Demand(parts(tail.group(1) if tail else text), tail.group(2) if tail else "")
    return parts(text)


def level_of(line: str) -> tuple[Level, str]:
    """How deep a line stands by its own number, and the line without it."""
    for level, mark in _LEVELS:
        found = mark.match(line)
        if found:
            return level, line[found.end() :]
    return Level.TEXT, line


def _body_line(number: int, line: str) -> Line:
    """A heading's or item's own number only tells its level: what falls away leaves no gap."""
    inner = line.removeprefix("[")
    level, rest = level_of(inner)
    if level is Level.TEXT:
        return Line(number, level, parts(line))
    return Line(number, level, parts(f"[{rest}" if inner is not line else rest))


def parts(text: str) -> Text:
    """Raises ValueError."""
    found, end = _until(text, 0, depth=0)
    if end < len(text):
        raise ValueError("多了一个“]”")
    return found


def _until(text: str, start: int, depth: int) -> tuple[Text, int]:
    """The parts up to the end or to the bracket that closes this depth."""
    found: list[Part] = []
    while start < len(text):
        mark = _MARKS.search(text, start)
        if mark is None:
            if depth:
                raise ValueError("“[”没有对应的“]”")
            return (*found, text[start:]), len(text)
        if mark.start() > start:
            found.append(text[start : mark.start()])
        start = mark.end()
        if mark.group() == "]":
            return tuple(found), start if depth else mark.start()
        part, start = _part(text, mark.group(), start, depth)
        found.append(part)
    if depth:
        raise ValueError("“[”没有对应的“]”")
    return tuple(found), start


def _part(text: str, mark: str, start: int, depth: int) -> tuple[Part, int]:
    if mark == "[":
        inner, end = _until(text, start, depth + 1)
        return Maybe(inner), end
    close = text.find("}", start)
    if mark == "}" or close < 0:
        raise ValueError("“{”和“}”没有成对")
    return Hole(text[start:close].strip()), close + 1


def holes(text: Text) -> list[str]:
    found: list[str] = []
    for part in text:
        if isinstance(part, Hole):
            found.append(part.name)
        elif isinstance(part, Maybe):
            found += holes(part.parts)
    return found


def filled(text: Text, values: Mapping[str, str]) -> str:
    """The fields are replaced once: what a fact holds is never read as a field."""
    return "".join(_filled(part, values) for part in text)


def _filled(part: Part, values: Mapping[str, str]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Hole):
        return values[part.name]
    own = [inner.name for inner in part.parts if isinstance(inner, Hole)]
    return filled(part.parts, values) if all(values[name] for name in own) else ""


def wanted(text: Text) -> list[str]:
    """The fields outside every bracket: a fact they name may not be empty."""
    return [part.name for part in text if isinstance(part, Hole)]
