"""`python -m tools.scale.web prepare` and `python -m tools.scale.web DOOR`: a process of pages.

DOOR is the number of an open socket that several such processes listen at together: whoever is
free takes the next caller, and one that stands still or dies keeps none waiting.
"""

import socket
import sys

from app import create_app
from config import Misconfigured
from tools.serve import is_fit, prepare, refuse_without_address, serve


def main(asked: str) -> int:
    try:
        app = create_app()
        settings = app.extensions["settings"]
        refuse_without_address(settings)
    except Misconfigured as error:
        print(f"无法启动：{error.message}", file=sys.stderr)
        return error.exit_code
    if asked == "prepare":
        prepare(app, settings)
        return 0 if is_fit(app, settings) else 1
    with socket.socket(fileno=int(asked)) as door:
        serve(app, settings, door)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
