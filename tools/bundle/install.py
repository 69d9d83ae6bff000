"""What `install.sh` hands over to, inside the bundle: checked first, then installed.

Runs on the standard library of the machine it is to be installed on, beside the bundle's own files.
Nothing is asked over the network. Exit 0 where all is installed, 1 with a sentence where not.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE, WHEELS = HERE / "tree", HERE / "wheels"
FACTS, DIGESTS = "facts.json", "SHA256SUMS"
MOST_TOLD = 5
NEXT = """
安装完成：{tree}

接下来：
  正式运行   照其中的 docs/deploy/README.md 填写设置、建立数据库、启动
  先试一试   cd {tree} && DEMO=1 .venv/bin/python -m tools.serve   （示例城市，http://127.0.0.1:8000）
"""


def main() -> int:
    faults = list(of_machine(json.loads((HERE / FACTS).read_text(encoding="utf-8"))))
    if not faults:
        print("核对离线包的每个文件 …", flush=True)
        faults = list(of_files())
    if faults:
        print("没有安装：" + "\n".join(faults), file=sys.stderr)
        return 1
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": WHEELS.as_uri(),
        "PIP_CONFIG_FILE": os.devnull,
    }
    dropped = {"PIP_CONSTRAINT", "PIP_EXTRA_INDEX_URL", "PYTHONPATH", "PYTHONHOME"}
    environ = {name: value for name, value in os.environ.items() if name not in dropped}
    command = [sys.executable, "-m", "tools.setup"]
    done = subprocess.run(command, cwd=TREE, env=environ | offline, check=False)
    if done.returncode:
        return 1
    print(NEXT.format(tree=TREE))
    return 0


def of_machine(facts: dict) -> Iterator[str]:
    """Why the wheels cannot be used here."""
    version = "{}.{}".format(*sys.version_info)
    if version != facts["python"]:
        yield f"这个离线包用于 Python {facts['python']}，这里是 {version}（{sys.executable}）。"
    here = sysconfig.get_platform()
    libc, has = platform.libc_ver()
    if here != facts["platform"] or libc != facts["libc"]:
        yield (
            f"这个离线包用于 {facts['platform']}（{facts['libc']}），"
            f"这台机器是 {here}（{libc or '不明'}）。"
        )
    elif libc and numbers(has) < numbers(facts["least_libc"]):
        yield f"这台机器的 {libc} 是 {has}，至少要 {facts['least_libc']}。"


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def of_files() -> Iterator[str]:
    """What is not as it was packed; and in the folder that is installed from, what was not."""
    lines = (HERE / DIGESTS).read_text(encoding="utf-8").splitlines()
    packed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    damaged = [name for name, digest in packed.items() if digest_of(HERE / name) != digest]
    if damaged:
        yield f"{len(damaged)}个文件缺失或损坏：{some_of(damaged)}。请重新拷贝离线包。"
    added = sorted({path.relative_to(HERE).as_posix() for path in WHEELS.iterdir()} - set(packed))
    if added:
        yield f"wheels 中多出{len(added)}个文件：{some_of(added)}。请重新解开离线包。"


def digest_of(path: Path) -> str:
    """Empty where there is no such file, or one that leads elsewhere."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def some_of(names: list[str]) -> str:
    more = "等" if len(names) > MOST_TOLD else ""
    return "、".join(names[:MOST_TOLD]) + more


if __name__ == "__main__":
    sys.exit(main())
