"""`python -m tools.bundle.trial`: a bundle made, installed and run where there is no network.

The whole of it, for `make bundle-check`, with the program read-only as a service would have it. The
inner part runs in a network namespace of its own, in which nothing but this machine can be reached;
it is told the unpacked folder, and uses the standard library alone, as on a machine that has
nothing yet.
"""

import fcntl
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from tools.bundle.__main__ import TOP, make
from tools.commands import ROOT, Failed

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
ELSEWHERE = ("192.0.2.1", 443)
"""An address of nobody, kept for examples."""
STARTED = re.compile(r"已启动：(http://127\.0\.0\.1:\d+)")
ENDS_WITHIN = 30
ISOLATED = ("unshare", "--map-root-user", "--net", "--mount")


def main() -> int:
    if len(sys.argv) > 1:
        return inside(Path(sys.argv[1]))
    if subprocess.run([*ISOLATED, "true"], check=False, capture_output=True).returncode:
        print("没有试：这台机器不让建立没有网络的命名空间（unshare）。", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="bundle-") as place:
        try:
            print(f"离线包的 SHA-256：{make(Path(place) / 'bundle.tar')}", flush=True)
        except Failed as failure:
            print(f"没有做成：{failure}", file=sys.stderr)
            return 1
        with tarfile.open(Path(place) / "bundle.tar") as archive:
            archive.extractall(place, filter="data")
        command = [*ISOLATED, sys.executable, "-u", "-m", "tools.bundle.trial", f"{place}/{TOP}"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def inside(folder: Path) -> int:
    """Installed, started, asked and checked. 1 with a sentence where one of it fails."""
    loopback_up()
    try:
        socket.create_connection(ELSEWHERE, timeout=3).close()
    except OSError:
        print("没有网络：已确认", flush=True)
    else:
        print("这里有网络，不算试过。", file=sys.stderr)
        return 1
    told = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    installed = subprocess.run(["sh", folder / "install.sh"], env=told, check=False)
    if installed.returncode:
        return 1
    tree = folder / "tree"
    python = tree / ".venv" / "bin" / "python"
    shutil.rmtree(folder / "wheels")  # what runs needs none of it any more
    read_only(tree)
    if not answers(python, tree, told | {"DEMO": "1", "PORT": "0"}):
        return 1
    command = [python, "-m", "flask", "--app", "app", "selfcheck"]
    return subprocess.run(command, cwd=tree, env=told | {"DEMO": "1"}, check=False).returncode


def read_only(tree: Path) -> None:
    """As the unit of systemd has it: only what is kept elsewhere can be written."""
    kept = tree.parent / "instance"
    kept.mkdir()
    (tree / "instance").symlink_to(kept)
    subprocess.run(["mount", "--bind", tree, tree], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", tree], check=True)
    try:
        (tree / "written").touch()
    except OSError:
        print("程序所在的文件夹只读：已确认", flush=True)
    else:
        raise RuntimeError("程序所在的文件夹仍可写")


def answers(python: Path, tree: Path, environ: dict[str, str]) -> bool:
    """Whether it starts, says that it is ready, and stops when it is told to."""
    with subprocess.Popen(
        [python, "-u", "-m", "tools.serve"],
        cwd=tree,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        address = ""
        for line in process.stdout or ():
            print(f"      {line}", end="", flush=True)
            if found := STARTED.search(line):
                address = found[1]
                break
        if not address:
            return False
        with urllib.request.urlopen(f"{address}/readyz", timeout=30) as answer:  # noqa: S310 - ours
            print(f"/readyz：{answer.status} {answer.read().decode()}", flush=True)
        process.send_signal(signal.SIGTERM)
        return process.wait(ENDS_WITHIN) == 0


def loopback_up() -> None:
    """A new namespace has it down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_one:
        fcntl.ioctl(any_one, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


if __name__ == "__main__":
    sys.exit(main())
