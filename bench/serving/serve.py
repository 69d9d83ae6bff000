"""`python -m bench.serving.serve reference|product`: one of the two on a free port of this machine.

Both stand behind the same server with the same number of threads. The port is told on the first
line of output; the process ends when its input is closed.
"""

import logging
import os
import sys
from threading import Thread

from flask import Flask

from app import create_app
from bench.serving.reference import create_reference
from config import Config
from tools.connections import Server, reserve

THREADS = 4


def main() -> None:
    settings = Config.from_env()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # eight clients do queue
    app = create_reference(settings.database_url) if sys.argv[1] == "reference" else _product()
    with reserve("127.0.0.1", 0) as door:
        print(door.getsockname()[1], flush=True)
        Thread(target=_end_with_parent, daemon=True).start()
        Server(app, door, THREADS).run()


def _product() -> Flask:
    app = create_app()
    logging.getLogger().setLevel(logging.WARNING)
    return app


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
