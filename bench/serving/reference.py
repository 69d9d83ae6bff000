"""What the product is compared with: Flask that says hello, lists 25 rows, keeps a file."""

import os
from pathlib import Path
from tempfile import TemporaryFile

from flask import Flask, render_template_string, request
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    make_url,
    text,
)

from extensions import open_safely

ROWS = 25
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>列表</title>
<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>
<td>{{ row.status }}</td><td>{{ row.deadline }}</td></tr>{% endfor %}</table></html>"""
LIST = text(
    "SELECT number, title, status, deadline FROM issue ORDER BY red_from, yellow_from, id LIMIT :n"
)

KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("title", String))


def create_reference(database_url: str) -> Flask:
    """Nobody signs in, nothing is checked, no header is added."""
    app = Flask(__name__)
    engine = create_engine(database_url)
    folder = Path(make_url(database_url).database).parent

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/rows")
    def rows() -> str:
        with engine.connect() as connection:
            found = connection.execute(LIST, {"n": ROWS}).all()
        return render_template_string(PAGE, rows=found)

    beside = create_engine(f"sqlite:///{folder / 'reference.db'}")
    open_safely(beside)
    KEPT.metadata.create_all(beside)

    @app.post("/insert")
    def insert_one() -> str:
        """What no act can spare: one row, as durable as the product keeps its own."""
        with beside.begin() as connection:
            connection.execute(insert(KEPT), {"title": request.json["title"]})
        return "kept"

    @app.post("/keep")
    def keep() -> str:
        """What no upload can spare: the form is read, its file written and synced."""
        with TemporaryFile(dir=folder) as file:
            request.files["file"].save(file)
            file.flush()
            os.fsync(file.fileno())
        return "kept"

    return app
