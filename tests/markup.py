"""A small tree of an HTML page, read by the standard library alone."""

from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr use path".split()  # noqa: SIM905
)
UNSEEN = frozenset({"script", "style", "template", "head"})


class Node:
    """`order` are the nodes of the whole page; those below stand from `first` up to `last`."""

    __slots__ = ("attributes", "children", "first", "last", "order", "parent", "tag")

    def __init__(self, tag, attributes, parent=None):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []
        self.order = [] if parent is None else parent.order
        if parent is not None:
            parent.children.append(self)
            self.order.append(self)
        self.first = self.last = len(self.order)

    def __getitem__(self, name):
        return self.attributes.get(name)

    def walk(self):
        """Every node below, in the order of the page."""
        return self.order[self.first : self.last]

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
        self.root = self.at = Node("document", {})

    def updatepos(self, _from, to):
        """Nobody asks in which line of the page a tag stands."""
        return to

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: "" if value is None else value for name, value in attrs}, self.at)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._leave()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self._leave()

    def handle_data(self, data):
        self.at.children.append(data)

    def _leave(self):
        self.at.last = len(self.at.order)
        self.at = self.at.parent


def parse(html):
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.at is builder.root, f"<{builder.at.tag}> is never closed"
    builder.root.last = len(builder.root.order)
    return builder.root
