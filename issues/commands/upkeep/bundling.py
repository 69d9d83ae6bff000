"""`bundle OUT.tar`: what an offline machine installs from."""

import subprocess
import sys
from pathlib import Path

import click

from config import ROOT

COMMAND = (sys.executable, "-u", "-m", "tools.bundle")


@click.command(
    "bundle", help="做离线安装包 OUT.tar：在同样平台的机器上解开，sh install.sh，不联网。"
)
@click.argument("out", metavar="OUT.tar", type=click.Path(path_type=Path))
def bundle(out: Path) -> None:
    done = subprocess.run([*COMMAND, str(out.resolve())], cwd=ROOT, check=False)  # noqa: S603 - our own module
    sys.exit(done.returncode)
