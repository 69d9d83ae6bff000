"""JSON and TOML from outside: read within bounds, or refused by what there is to change.

What is given back holds nothing that a database, a page or a sum could not: no endless figure, no
text that is no text, nothing deeper than asked for, and every name once. What nobody sees in a text
or a name is gone from it (issues/ground/signs.py).
"""

import json
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from issues.ground import signs
from issues.ground.refusals import Refusal

DEEPEST = 20
LARGEST_NUMBER = 2**63 - 1
LONGEST_NUMBER = 40
"""Signs of a figure as it is written; what is longer is no figure anybody means."""
SHOWN = 20
KIBIBYTE = 1024
_PLACE = re.compile(r"line (\d+), column (\d+)")
_HALF = re.compile("[\ud800-\udfff]")


class Unreadable(Refusal):
    """A document that cannot be read, or must not be."""

    status = 422
    heading = "内容无法识别"


def json_of(content: bytes | str, most: int, deepest: int = DEEPEST) -> Any:
    """The value of a JSON text of at most so many bytes or characters. Raises Unreadable."""
    return _judged(_read(content, most, deepest, _json))


def details_of(content: bytes | str, most: int) -> Any:
    """The same, where whoever reads the details refuses a sign that may not stand in one.

    Of a name, which is nobody's detail, what cannot be kept is shown as "?".
    """
    return _read(content, most, DEEPEST, _json, is_refused_later=True)


def with_tabs(content: bytes, name: str) -> str:
    """The words of one name of such details as they were sent: `details_of` takes tabs for blanks.

    Only after `details_of` has read the same content.
    """
    group = _read(content, len(content), DEEPEST, _json, is_refused_later=True, is_seen=False)
    return next(str(said) for key, said in group.items() if signs.clean(key) == name)


def toml_of(content: bytes | str, most: int, deepest: int = DEEPEST) -> dict[str, Any]:
    """The table of a TOML text; an empty one is empty. Raises Unreadable."""
    table: dict[str, Any] = _judged(_read(content, most, deepest, _toml))
    return table


def group_of(value: Any) -> Mapping[str, Any]:
    """The same, where the outermost is a group of names. Raises Unreadable."""
    if not isinstance(value, Mapping):
        raise Unreadable("最外层应是一组有名称的内容，写在一对花括号里，请对照示例修改。")
    return value


def is_kept(text: str) -> bool:
    """Whether either database can keep the text: no NUL, no half of a sign."""
    return "\0" not in text and (text.isascii() or not _HALF.search(text))


def unkept(value: Any) -> str:
    """What is wrong with a text, or one of several, that no database keeps; "" where all are."""
    texts = value if isinstance(value, list | tuple) else [value]
    lost = [one for one in texts if isinstance(one, str) and not is_kept(one)]
    return signs.fault(signs.clean(lost[0])) if lost else ""


def kept_part(text: str) -> str:
    """The text as an answer can repeat it."""
    return "".join(sign if is_kept(sign) else "?" for sign in text)


def _read(
    content: bytes | str,
    most: int,
    deepest: int,
    parse: Callable[[str], Any],
    *,
    is_refused_later: bool = False,
    is_seen: bool = True,
) -> Any:
    if len(content) > most:
        raise Unreadable(f"内容超过{_size(most)}，请确认是否选错了文件，或删减后再试。")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("文件不是UTF-8编码，请另存为UTF-8后再试。") from None
    try:
        value = _parsed(text, parse)
    except RecursionError:
        raise _too_deep(deepest) from None
    _refuse_unkept(value, deepest, takes_text=is_refused_later)
    return _seen(value) if is_seen else value


def _parsed(text: str, parse: Callable[[str], Any]) -> Any:
    """What nobody sees may stand between the names and values too."""
    try:
        return parse(text)
    except Unreadable:
        seen = signs.clean(text)
        if seen == text:
            raise
        return parse(seen)


def _seen(value: Any) -> Any:
    """Texts and names as a person sees them."""
    if isinstance(value, str):
        return signs.clean(value)
    if isinstance(value, list):
        return [_seen(one) for one in value]
    if isinstance(value, Mapping):
        pairs = value.items()
        return _once_each([(kept_part(_seen(name)), _seen(one)) for name, one in pairs])
    return value


def _judged(value: Any) -> Any:
    """Raises Unreadable where a text or a name holds a sign that is refused."""
    if isinstance(value, str):
        if wrong := signs.fault(value):
            raise Unreadable(f"“{_shown(signs.bare(value))}”{wrong}。")
    elif isinstance(value, list):
        for one in value:
            _judged(one)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            _judged(name)
            _judged(one)
    return value


def _size(most: int) -> str:
    kib = most // KIBIBYTE
    return f"{kib // KIBIBYTE}MB" if kib >= KIBIBYTE else f"{kib}KB" if kib else f"{most}字节"


def _json(text: str) -> Any:
    if not text.strip():
        raise Unreadable("内容是空的，请填写后再试。")
    try:
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=_figure,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once_each,
        )
    except json.JSONDecodeError as wrong:
        at = f"第{wrong.lineno}行第{wrong.colno}列"
        raise Unreadable(f"{at}不是有效的JSON，请检查引号、逗号和括号。") from None


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=_figure)
    except tomllib.TOMLDecodeError as wrong:
        found = _PLACE.search(str(wrong))
        at = f"第{found[1]}行第{found[2]}列" if found else "文末"
        raise Unreadable(f"{at}不是有效的TOML，请检查引号、等号和重复的名称。") from None
    except ValueError:  # a day or a figure that the notation allows and Python does not
        raise Unreadable("有的数值或日期超出范围，请改正后再试。") from None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _too_large(digits)
    return int(digits)


def _figure(written: str) -> float:
    if len(written) > LONGEST_NUMBER:
        raise _too_large(written)
    return float(written)


def _too_large(written: str) -> Unreadable:
    return Unreadable(f"数值“{written[:SHOWN]}”过大或过长，请改为实际的数值。")


def _too_deep(deepest: int) -> Unreadable:
    return Unreadable(f"内容嵌套超过{deepest}层，请对照示例减少层次。")


def _refuse_constant(word: str) -> Any:
    raise Unreadable(f"“{word}”不是数值，请改为实际的数值。")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name given twice would let one reader see what another does not."""
    group: dict[str, Any] = {}
    for name, value in pairs:
        if name in group:
            raise Unreadable(f"“{_shown(name)}”写了两次，请只保留一个。")
        group[name] = value
    return group


def _shown(text: str) -> str:
    """Of a name in question so much as can be told."""
    return kept_part(text[:SHOWN])


def _refuse_unkept(value: Any, deepest: int, *, takes_text: bool) -> None:
    """By levels, so that nothing is as deep as what it looks at."""
    level = [value]
    for _ in range(deepest):
        below: list[Any] = []
        for one in level:
            if not (takes_text and isinstance(one, str)):
                _refuse_one(one)
            if isinstance(one, Mapping):
                below += [*one, *one.values()]
            elif isinstance(one, list):
                below += one
        level = below
        if not level:
            return
    raise _too_deep(deepest)


def _refuse_one(one: Any) -> None:
    if isinstance(one, str):
        if not is_kept(one):
            raise Unreadable(f"“{_shown(one)}”含有无法保存的字符，请删去后重新输入。")
    elif isinstance(one, float):
        if not math.isfinite(one):
            _refuse_constant(str(one))
    elif isinstance(one, int) and abs(one) > LARGEST_NUMBER:
        raise Unreadable("有的数值过大，请改为实际的数值。")
