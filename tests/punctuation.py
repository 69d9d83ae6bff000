"""Marks between Chinese characters are full-width (GB/T 15834): a text mended, and what is no text.

Half-width marks stay inside numbers, codes, dates, addresses and Latin words. What is filled in
later, `{name}` of a Python text or `{{ name }}` of a template, counts as Chinese where the text
around it is.
"""

import ast
import io
import re
import tokenize

WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CLOSERS, OPENERS = "”’》】）〕」％℃", "“‘《【（〔「"
FILLED, SILENT = "\ue000", "\ue001"
"""One character for what is filled in later, and one for what leaves no trace: tags, blocks."""

_HAS = re.compile(f"[{CHINESE}]")
_BEFORE = re.compile(f"[{CHINESE}{CLOSERS}]")
_AFTER = re.compile(f"[{CHINESE}{OPENERS}]")
_SPACED = re.compile(
    f"(?<=[，。；：？！、（“]) (?=[{CHINESE}{FILLED}“《（])"
    f"|(?<=[{CHINESE}]) (?=[，。；：？！、）”])"
)
_LOOSE = re.compile(f"(?<=[{CHINESE}{FILLED}{CLOSERS}])([,;:?!]) (?=[{CHINESE}{OPENERS}])")
_PAIR = re.compile(r"\(([^()\n]*)\)")
_STOP = re.compile(f"(?<=[{CHINESE}{CLOSERS}])\\.(?=$|[{CHINESE}”])")
_HALF_WIDTH = re.compile(
    f"(?<=[{CHINESE}{CLOSERS}])[,;:?!()](?!//)|[,;?!()](?=[{CHINESE}{OPENERS}])"
)
_DOTS = re.compile(f"(?<=[{CHINESE}{CLOSERS}])\\.\\.\\.(?!\\.)")


def mended(text):
    """The text with full-width marks wherever it is Chinese that they divide."""
    if not _HAS.search(text):
        return text
    text = _LOOSE.sub(r"\1", text)
    chars = list(text)
    for pair in _PAIR.finditer(text):
        begin, end = pair.start(), pair.end() - 1
        fills = FILLED in pair[1] and _beside(text, begin, -1) == FILLED
        if fills or _HAS.search(pair[1]) or _stands_in_chinese(text, begin) or _follows(text, end):
            chars[begin], chars[end] = "（", "）"
    for place, mark in enumerate(text):
        if mark in WIDE and mark not in "()" and _stands_in_chinese(text, place):
            chars[place] = WIDE[mark]
    text = _STOP.sub("。", _DOTS.sub("……", "".join(chars)))
    return _SPACED.sub("", text)


def _beside(text, place, step):
    """The next character that leaves a trace; nothing at the end of the text."""
    place += step
    while 0 <= place < len(text) and text[place] == SILENT:
        place += step
    return text[place] if 0 <= place < len(text) else ""


def _stands_in_chinese(text, place):
    left, right = _beside(text, place, -1), _beside(text, place, 1)
    if text[place] == ":" and right == "/":
        return False
    if _BEFORE.match(left) or _AFTER.match(right):
        return True
    return (
        text[place] not in "():"
        and FILLED in {left, right}
        and _reads_on(left)
        and _reads_on(right)
    )


def _follows(text, place):
    return bool(_AFTER.match(_beside(text, place, 1)))


def _reads_on(char):
    """Whether a text goes on here: what is filled in, a figure, a letter, or its end."""
    return char == FILLED or char.isalnum() or char in {"", "%"}


def python_texts(source):
    """Every string of a module that is text for a person: not a docstring, not a pattern.

    As (line, the literal as written, the same with full-width marks).
    """
    silent = _docstrings(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.STRING or token.start[0] in silent:
            continue
        prefix = re.match(r"[A-Za-z]*", token.string)[0].lower()
        if "r" not in prefix and "b" not in prefix:
            yield token.start, token.string, _literal_mended(token.string, "f" in prefix)


def _docstrings(source):
    tree = ast.parse(source)
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].lineno
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }


def _literal_mended(literal, is_filled):
    begin = re.match(r"[A-Za-z]*(\"\"\"|'''|\"|')", literal)
    inside = literal[begin.end() : -len(begin[1])]
    if not _HAS.search(inside):
        return literal
    inside, parts = _without_filled(inside, is_filled=is_filled)
    inside = mended(inside)
    return begin[0] + _with_filled(inside, parts) + begin[1]


def _without_filled(text, *, is_filled):
    """The text with one character for each `{…}`, and what stood there."""
    parts = []
    pattern = (
        r"\{\{|\}\}|\{(?:[^{}]|\{[^{}]*\})*\}"
        if is_filled
        else r"\{[a-z_.0-9:]*\}|%\([a-z_]+\)[sd]|%[sd]"
    )

    def take(found):
        if found[0] in {"{{", "}}"} and is_filled:
            return found[0]
        parts.append(_inner_texts(found[0]) if is_filled else found[0])
        return FILLED

    return re.sub(pattern, take, text), parts


def _inner_texts(expression):
    """Texts inside an expression, as f"{'一,二' if a else b}"."""
    return re.sub(
        r"'([^'\\]*)'|\"([^\"\\]*)\"",
        lambda found: found[0][0] + mended(found[0][1:-1]) + found[0][0],
        expression,
    )


def _with_filled(text, parts):
    left = iter(parts)
    return re.sub(FILLED, lambda _: next(left), text)


_PIECE = re.compile(
    r"(?P<comment>\{#.*?#\})|(?P<block>\{%.*?%\})|(?P<filled>\{\{.*?\}\})"
    r"|(?P<tag><(?:[^<>{}\"]|\"(?:[^\"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*\"|\{\{.*?\}\}|\{%.*?%\})*>)",
    re.DOTALL,
)
_VALUE = re.compile(r'(?<==)"([^"]*)"')


def template_mended(source):
    """A template with the marks of its texts, its attributes and its expressions full-width."""
    parts = []

    def take(found):
        piece = found[0]
        if found["block"] or found["filled"]:
            piece = _inner_texts(piece)
        elif found["tag"]:
            piece = _tag_mended(piece)
        parts.append((FILLED if found["filled"] else SILENT, piece))
        return parts[-1][0]

    plain = "\n".join(mended(line) for line in _PIECE.sub(take, source).split("\n"))
    left = iter(parts)
    return re.sub(f"[{FILLED}{SILENT}]", lambda _: next(left)[1], plain)


def _tag_mended(tag):
    def value(found):
        parts = []

        def take(piece):
            parts.append(_inner_texts(piece[0]))
            return FILLED if piece[0].startswith("{{") else SILENT

        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", take, found[0][1:-1], flags=re.DOTALL)
        left = iter(parts)
        return '"' + re.sub(f"[{FILLED}{SILENT}]", lambda _: next(left), mended(plain)) + '"'

    whole = re.compile(r'(?<==)"((?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)"', re.DOTALL)
    return whole.sub(value, tag)


def script_mended(source):
    """A script with the marks of its Chinese texts full-width; comments are English."""
    return re.sub(
        r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`", _script_text, source
    )


def _script_text(found):
    literal = found[0]
    if not _HAS.search(literal):
        return literal
    parts = []

    def take(piece):
        parts.append(piece[0])
        return FILLED

    plain = re.sub(r"\$\{[^{}]*\}", take, literal[1:-1])
    return literal[0] + _with_filled(mended(plain), parts) + literal[0]


def prose_mended(source):
    """Markdown and plain text by line; code, addresses and link targets stay as they are."""
    lines, inside = [], False
    for line in source.split("\n"):
        inside ^= line.startswith("```")
        cells = line.split("|") if line.startswith("|") else [line]
        lines.append(line if inside else "|".join(map(_prose_line, cells)))
    return "\n".join(lines)


def _is_english(line):
    """A sentence in English that names Chinese words keeps the marks of English."""
    return len(re.findall("[A-Za-z]", line)) > 2 * len(_HAS.findall(line))


def _prose_line(line):
    if _is_english(re.sub(r"`[^`]*`|\([^)]*\)", "", line)):
        return line
    parts = []

    def take(piece):
        parts.append(piece[0])
        return FILLED

    plain = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+", take, line)
    return _with_filled(mended(plain), parts)


def shown_faults(text):
    """Half-width marks of a text as it is read on a page, each with what stands around it."""
    found = _HALF_WIDTH.finditer(text)
    return [text[max(0, one.start() - 8) : one.end() + 8] for one in found]
