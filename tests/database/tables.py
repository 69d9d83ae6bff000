"""One legal row for each table, made from its own description, and what a database holds."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    Boolean,
    ClauseElement,
    Column,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    column,
    inspect,
    select,
    table,
    text,
)

from extensions import db
from issues.ground.columns import Exact, Instant

DAY = date(2025, 11, 25)
MOMENT = datetime(2025, 11, 25, 4, 0, tzinfo=UTC)
VALUES = (
    (Instant, MOMENT), (Exact, Decimal("10.1")), (JSON, {"词": [1, None]}), (Boolean, False),
    (Integer, 1), (Float, 31.5), (Date, DAY), (LargeBinary, b"sealed"), (String, "1"),
)  # fmt: skip
LEGAL = {
    "score_entry": {"kind": "booking", "turn": 0},
    "score_appeal": {"state": "appealed", "ruling": ""},
    "callback": {"is_reached": True, "satisfaction": "satisfied"},
    "colour_span": {"valid_to": date(9999, 12, 31), "card": ""},
    "extension": {"deadline": date(2026, 1, 31), "state": "pending"},
    "issue": {"card": "yellow", "status": "rectifying"},
    "measure": {"is_done": True},
    "pair_request": {"outcome": "withdrawn"},
    "part_taken": {"part": "report"},
    "progress_report": {"state": "confirmed"},
    "card": {"colour": "red"},
    "card_proposal": {"colour": "red", "state": "waiting", "listed": ""},
    "polluter": {"code": ""},
    "keeping": {"region": ""},
    "region": {"parent": "", "path": "1/"},
    "role_request": {"reason": ""},
    "round_item": {"decision": "hold"},
    "notice": {"status": "draft"},
    "example_mark": {"last": 100},
    "lead": {"state": "ticket"},
    "county_round_item": {"decision": "press"},
    "county_task": {"confirmed_on": None},
    "issue_link": {"ended_on": None, "end_reason": ""},
    "dossier_item": {"failure": ""},
    "long_work": {"state": "queued"},
    "wall_pass": {"until": datetime(2025, 12, 25, 4, 0, tzinfo=UTC)},
}
NULL = {
    "score_entry": {"of_id"},
    "score_appeal": {"ruled_at", "ruled_by_id"},
    "callback": {"proposal"},
    "card_proposal": {"answered_on"},
    "address": {"unit_id"},
    "message": {"unit_id"},
    "message_choice": {"unit_id"},
    "outbox": {"message_id", "address_id", "webhook_id", "ended_at"},
    "long_work": {"ended_at"},
    "account": {"unit_id"},
    "anchor": {"imprints", "imprint_mac"},
    "issue": {"closed_on", "merged_into_id", "acceptance_unit_id"},
    "flag_ruling": {"report_id"},
    "notice": {"number"},
    "reading": {"confirmed_by_id", "corrects_id"},
    "role_grant": {"granted_by_id"},
    "role_request": {"decided_by_id", "decided_at"},
}
BEYOND_MODELS = ("alembic_version", "search_gram")


def of_the_product():
    return [
        name for name in inspect(db.engine).get_table_names() if not name.startswith(BEYOND_MODELS)
    ]


def row_of(table):
    """A row with a value in every column that may hold one."""
    row = {column.name: value_of(column) for column in table.columns}
    row |= {name: value for name, value in LEGAL.get(table.name, {}).items() if name in row}
    return row | {name: None for name in NULL.get(table.name, set()) if name in row}


def value_of(column):
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    return next(value for kind, value in VALUES if isinstance(column.type, kind))


def fill():
    """One row in every table that stands, the referred ones first."""
    present = set(of_the_product())
    tables = [table for table in db.metadata.sorted_tables if table.name in present]
    there = standing(present)
    with db.engine.begin() as connection:
        for table in tables:
            columns = there[table.name]
            row = {name: value for name, value in row_of(table).items() if name in columns}
            plain = Table(
                table.name, MetaData(), *(Column(name, table.c[name].type) for name in row)
            )
            connection.execute(plain.insert().values(row))
    return [table.name for table in tables]


def standing(names):
    """The columns these tables have now, by table."""
    columns = _asked("columns", names)
    return {name: [column["name"] for column in columns[name]] for name in names}


def contents(columns):
    """Every row of these tables in these columns, as the database itself gives it."""
    with db.engine.connect() as connection:
        return {
            name: connection.execute(select(*map(column, wanted)).select_from(table(name))).all()
            for name, wanted in columns.items()
        }


def structure():
    """Columns, keys, constraints and indexes by table, in words that can be compared."""
    names = of_the_product()
    columns, keys = _asked("columns", names), _asked("pk_constraint", names)
    foreign, unique = _asked("foreign_keys", names), _asked("unique_constraints", names)
    checks, indexes = _asked("check_constraints", names), _asked("indexes", names)
    return {
        name: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in columns[name]
            ),
            "primary key": keys[name],
            "foreign keys": _sorted(foreign[name]),
            "unique": _sorted(unique[name]),
            "checks": _sorted(_of_words(one) for one in checks[name]),
            "indexes": _sorted(indexes[name]),
        }
        for name in names
    }


def _asked(what, names):
    """Of all these tables at once: PostgreSQL takes milliseconds for each question."""
    found = getattr(inspect(db.engine), f"get_multi_{what}")(filter_names=list(names))
    return {name: held for (_, name), held in found.items()}


LIST_OF_WORDS = re.compile(r"(?:'\w+'(?:::[\w ]+)?(?:, )?){2,}")


def _of_words(check):
    """A list of words says the same in any order: that of the vocabulary is the pages'."""
    in_order = LIST_OF_WORDS.sub(
        lambda told: ", ".join(sorted(told[0].removesuffix(", ").split(", "))), check["sqltext"]
    )
    return check | {"sqltext": in_order}


def _sorted(found):
    """By name; conditions of partial indexes as their text."""
    plain = [{key: _plain(value) for key, value in one.items()} for one in found]
    return sorted(plain, key=lambda one: str(one["name"]))


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    return str(value) if isinstance(value, ClauseElement) else value


def triggers():
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        " UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'refuse%'"
    )
    with db.engine.connect() as connection:
        return sorted(connection.scalars(text(query)))
