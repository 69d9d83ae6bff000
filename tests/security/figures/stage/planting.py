"""Markup in every text a person can type, written by SQL beside the rows that stand."""

import re

from sqlalchemy import Enum, String, update
from sqlalchemy.exc import DBAPIError, StatementError

from extensions import db

MACHINE = re.compile(
    r"digest|sha256|mac$|password_hash|media_type|key_id|taken_at|dhash|trigger|occurrence|token"
    r"|signature|algorithm|previous|^address$|^request$|^answer$|^query$|^document$|^body$|^state$"
    r"|^code$|^region$|^card$|^colour$|^computed$|^decision$|^channel$|^key$|^part$|_name$"
)
"""Columns that hold what the product itself writes, and names by which it finds rows again."""
MARK = "zq"
PAYLOADS = (
    "<script>{0}()</script>", "<img src=x onerror={0}()>", '"><svg onload={0}()>',
    "' onmouseover='{0}()", '" autofocus onfocus="{0}()', "javascript:{0}()",
    "</title><script>{0}()</script>", "</textarea><img src=x onerror={0}()>",
    "--><script>{0}()</script>", "<a href=javascript:{0}()>", "<iframe srcdoc={0}>",
    "<style>@import'{0}'</style>", "\\u003cscript\\u003e{0}()", "<{0} onclick=1>",
)  # fmt: skip
SHORT = "<b id={0}>"
SCHEMES = ("javascript:", "vbscript:", "data:")
DATA_BLOCKS = frozenset({"application/json", "application/ld+json"})


def typed_columns():
    """(mark, column) of each text that a person types somewhere."""
    columns = [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
        and not (column.unique or column.primary_key or column.foreign_keys)
        and (not MACHINE.search(column.name) or column.name in {"display_name", "short_name"})
    ]  # fmt: skip
    return [(f"{MARK}{place}q", column) for place, column in enumerate(columns)]


def plant(payloads):
    """Write them; answers the marks of the columns that took one, by what they are."""
    taken, mark_of = {}, typed_columns()
    with db.engine.connect() as connection:
        for place, (mark, column) in enumerate(mark_of):
            payload = payloads[place % len(payloads)].format(mark)
            if column.type.length and len(payload) > column.type.length:
                payload = SHORT.format(mark)
            with connection.begin_nested() as point:
                try:
                    done = connection.execute(update(column.table).values({column.name: payload}))
                except (DBAPIError, StatementError):  # the database takes only what it knows
                    point.rollback()
                    continue
            if done.rowcount:
                taken[mark] = f"{column.table.name}.{column.name}"
        connection.commit()
    return taken


def running(tree):
    """What of the planted would run, or stands as markup."""
    for node in tree.walk():
        if MARK in node.tag or (node.tag == "b" and (node["id"] or "").startswith(MARK)):
            yield f"<{node.tag}>"
        if node.tag in {"script", "style"} and node["type"] not in DATA_BLOCKS:
            yield from (f"in {node.tag}: {one[:60]}" for one in node.children if MARK in one)
        for name, value in node.attributes.items():
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or MARK in name or name in {"srcdoc", "style"}:
                yield f"{name} of {node.tag}"
            elif name in {"href", "src", "action", "formaction", "xlink:href", "data"} and (
                address.startswith(SCHEMES) and MARK in address
            ):
                yield f"{name} of {node.tag}: {value[:60]}"


def marks_in(text):
    return set(re.findall(rf"{MARK}\d+q", text))
