"""The script that answers for the server while the phone has no network.

It stands at the top of the addresses, since it may only answer for what lies below its own. Its
first line names the version of every file it keeps: where one changes, the browser takes the new.
"""

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from issues.ground.present import present
from issues.web.door.guards import public
from issues.web.door.navigation import asset

blueprint = Blueprint("service_worker", __name__)

SCRIPT = "js/onsite/worker.js"
ASSETS = (
    "vendor/tabler.min.css", "css/app.css", "css/print/sheet.css", "css/ticket.css",
    "css/onsite/phone.css", "js/app.js", "js/dates.js", "js/search.js",
    "js/kept/keeping.js", "js/onsite/leaving.js",
    "js/onsite/kept.js", "js/onsite/going.js", "js/onsite/place.js", "js/onsite/route.js",
    "js/onsite/spot.js", "js/onsite/waiting.js", "mark.svg", "vendor/icons.svg",
)  # fmt: skip
"""What the pages of the phone are drawn with."""


@blueprint.get("/service-worker.js")
@public
def script() -> ResponseReturnValue:
    """Nobody's own: it holds the names of public files alone."""
    text = (Path(present(current_app.static_folder, "the static folder")) / SCRIPT).read_text()
    assets = [asset(name) for name in ASSETS]
    version = hashlib.sha256("\n".join((*assets, text)).encode()).hexdigest()[:12]
    head = f"const VERSION = {json.dumps(version)}, ASSETS = {json.dumps(assets)};\n"
    return Response(head + text, mimetype="text/javascript")
