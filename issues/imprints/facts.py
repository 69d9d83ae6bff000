"""Which tables state facts, and one row of them as a key and a text to be digested."""

import hmac
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from extensions import db

Key = tuple[Any, ...]

UNSTATED: Mapping[str, str] = {
    "backup_run": "a mark of the jobs: how far a backup is, and what came of it",
    "draft_typing": "what somebody is typing and has not sent",
    "evidence_band": "an index: worked out from the hash of a picture that evidence states",
    "imprint": "the imprints themselves: each hangs on the one before",
    "imprint_row": "the imprints themselves: under the digest of their transaction",
    "issue_layer": "an index: worked out from a ticket's point and the outlines of a map",
    "job_failure": "a mark of the jobs, for the administrator",
    "job_lease": "a mark of the jobs: who runs them now",
    "job_mark": "a mark of the jobs: how far they have come",
    "job_run": "a mark of the jobs: what they did last",
    "long_work": "a mark of work under way: what it wrote, the facts state themselves",
    "lead_key": "an index: worked out from the text of a lead",
    "kept_form": "what somebody typed into a form and has not sent",
    "likeness_key": "an index: worked out from the problem of a ticket",
    "login_attempt": "a limit: wrong tries of the last minutes",
    "message": "a mark of what was told: the act itself states what was done",
    "message_choice": "how a person likes to be told",
    "once_key": "a limit: a form already sent, forgotten after a while",
    "outbox": "a mark of delivery: the notice itself states what was told",
    "proof_try": "a limit: tries at a code within the last minutes",
    "spent_proof": "a limit: what another system said once, kept until it is old",
    "preference": "how a person likes the pages",
    "record_fault": "what the check of the record itself found, made anew each day",
    "refusal_tally": "a limit: refusals of the last minute, folded into their event",
    "reply_draft": "an answer not yet given: once it is, the notice states it",
    "report_key": "an index: worked out from the text of a report",
    "saved_view": "a filter a person keeps",
    "search_text": "an index: worked out from a ticket's texts",
    "sign_in": "a session: its beginning and its end are events",
}
"""Tables that state no fact, and why. Every other one is covered."""
UNSTATED_COLUMNS: Mapping[str, frozenset[str]] = {
    "api_token": frozenset({"used_at"}),  # written once a minute of use, and told nobody's act
    "address": frozenset({"code_until", "tries"}),  # a limit: tries at the code of an address
}
"""Columns of the others that state none."""
DIGEST_BYTES = 16
AT_ONCE = 500


def fact_tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if table.name not in UNSTATED]


@lru_cache(maxsize=256)
def states_facts(name: str) -> bool:
    return name not in UNSTATED


def text_of_key(key: Iterable[Any]) -> str:
    return "/".join(str(value) for value in key)


def key_of(table: Table, row: Row[Any]) -> Key:
    """The primary key of a row that holds every column of its table, in their order."""
    return tuple(row[place] for place in _places(table))


@lru_cache(maxsize=256)
def _places(table: Table) -> tuple[int, ...]:
    columns = list(table.columns)
    return tuple(columns.index(column) for column in table.primary_key.columns)


@lru_cache(maxsize=256)
def _stated(table: Table) -> tuple[int, ...]:
    left = UNSTATED_COLUMNS.get(table.name, ())
    return tuple(n for n, column in enumerate(table.columns) if column.name not in left)


def digest_of(key: bytes, table: Table, row: Row[Any]) -> bytes:
    """The same for the same values on either database: a copy moved elsewhere holds."""
    values = [table.name, *(row[place] for place in _stated(table))]
    text = json.dumps(
        values, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
    )
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")[:DIGEST_BYTES]


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no text for {value!r}")


def rows_of(
    connection: Connection, table: Table, keys: Collection[Key], *, locked: bool = False
) -> Iterator[Row[Any]]:
    """The rows that stand under these keys. A composite key is looked up by its first part."""
    firsts = list({key[0] for key in keys})
    for start in range(0, len(firsts), AT_ONCE):
        some = firsts[start : start + AT_ONCE]
        statement = _by_first(table, locked=locked, is_one=len(some) == 1)
        given = {"first": some[0]} if len(some) == 1 else {"firsts": some}
        for row in connection.execute(statement, given):
            if key_of(table, row) in keys:
                yield row


@lru_cache(maxsize=256)
def _by_first(table: Table, *, locked: bool, is_one: bool) -> Select[Any]:
    """Of one key, as most are asked for, the statement is the same text each time."""
    first = next(iter(table.primary_key.columns))
    one = first == bindparam("first")
    found = select(table).where(one if is_one else first.in_(bindparam("firsts", expanding=True)))
    return found.with_for_update(key_share=True) if locked else found
