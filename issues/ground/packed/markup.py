"""XML as text, every word of it escaped: no text that is put in can be read as markup."""

import re
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> str:
    """Escaped; what XML 1.0 has no word for (2.2) is left out."""
    return escape(_UNFIT.sub("", text))


def tag(name: str, /, *inside: str, **attributes: object) -> str:
    """An element; `inside` is markup. An attribute that is None is left out, `_` ends a keyword."""
    said = "".join(
        f" {key.rstrip('_').replace('__', ':')}={quoteattr(_UNFIT.sub('', str(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def part(root: str) -> bytes:
    """A file of its own."""
    return (HEAD + root).encode()
