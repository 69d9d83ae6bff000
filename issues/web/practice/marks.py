"""What leaves a practice city as a file says so in its name."""

from urllib.parse import quote

from flask import Flask, Response
from werkzeug.http import parse_options_header

from issues.ground import practice

HEADER = "Content-Disposition"


def register(app: Flask) -> None:
    app.after_request(name_file)


def name_file(answer: Response) -> Response:
    if practice.is_practice() and HEADER in answer.headers:
        kind, told = parse_options_header(answer.headers[HEADER])
        name = practice.named(told.get("filename", ""))
        answer.headers[HEADER] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return answer
