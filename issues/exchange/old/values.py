"""What a column holds, a text or texts by heading, as it would come in at the door now."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from issues.ground import sign_names, signs


def is_dirty(value: Any) -> bool:
    return any(signs.bare(text) != text for text in texts(value))


def texts(value: Any) -> Iterator[str]:
    """Every text within, the headings of what was kept by heading among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        seen = signs.bare(value)
        return value if seen == value else seen.strip()
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    return _with_clean_names(value) if isinstance(value, dict) else value


def _with_clean_names(value: dict[str, Any]) -> dict[str, Any]:
    """Two headings that look the same are told apart by a number."""
    seen: Counter[str] = Counter()
    kept = {}
    for name, one in value.items():
        called = cleaned(name)
        seen[called] += 1
        count = seen[called]
        kept[called if count == 1 else f"{called}（{count}）"] = cleaned(one)
    return kept


def removed(texts: Iterable[str]) -> str:
    return sign_names.told("\n".join(texts))


def digest(value: Any) -> str:
    return hashlib.sha256("\n".join(texts(value)).encode()).hexdigest()
