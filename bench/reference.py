"""What the product is compared with: Flask that says hello, and a plain list of 25 rows."""

from flask import Flask, render_template_string
from sqlalchemy import create_engine, text

ROWS = 25
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>列表</title>
<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>
<td>{{ row.status }}</td><td>{{ row.deadline }}</td></tr>{% endfor %}</table></html>"""
LIST = text(
    "SELECT number, title, status, deadline FROM issue ORDER BY red_from, yellow_from, id LIMIT :n"
)


def create_reference(database_url: str) -> Flask:
    """Nobody signs in, nothing is checked, no header is added."""
    app = Flask(__name__)
    engine = create_engine(database_url)

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/rows")
    def rows() -> str:
        with engine.connect() as connection:
            found = connection.execute(LIST, {"n": ROWS}).all()
        return render_template_string(PAGE, rows=found)

    return app
