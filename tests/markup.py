"""A small tree of an HTML page, read by the standard library alone."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr use path".split()  # noqa: SIM905
)
UNSEEN = frozenset({"script", "style", "template", "head"})


@dataclass(eq=False)
class Node:
    tag: str
    attributes: dict = field(default_factory=dict)
    parent: "Node | None" = None
    children: list = field(default_factory=list)

    def __getitem__(self, name):
        return self.attributes.get(name)

    def walk(self):
        """Every node below, in the order of the page."""
        return self._below

    @cached_property
    def _below(self):
        """Found once: what was read of a page stays as it is."""
        nodes = [child for child in self.children if isinstance(child, Node)]
        return [below for node in nodes for below in (node, *node.walk())]

    def all(self, *tags, **attributes):
        """The nodes of these tags that carry these attributes; `True` asks only for presence."""
        return [
            node
            for node in self.walk()
            if (not tags or node.tag in tags)
            and all(_carries(node, name.rstrip("_"), value) for name, value in attributes.items())
        ]

    def one(self, *tags, **attributes):
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def strings(self):
        """The seen pieces of text below, one a text node."""
        return self._strings

    @cached_property
    def _strings(self):
        found = []
        for child in self.children:
            if isinstance(child, str):
                found.append(child)
            elif child.tag not in UNSEEN:
                found += child.strings()
        return found

    @property
    def text(self):
        return " ".join("".join(self.strings()).split())


def _carries(node, name, wanted):
    name = name.replace("_", "-") if name.startswith(("aria", "data", "hx")) else name
    present = node.attributes.get(name)
    return present is not None if wanted is True else present == wanted


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("document")

    def handle_starttag(self, tag, attrs):
        attributes = {name: "" if value is None else value for name, value in attrs}
        node = Node(tag, attributes, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.at = self.at.parent

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def parse(html):
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.at is builder.root, f"<{builder.at.tag}> is never closed"
    return builder.root
