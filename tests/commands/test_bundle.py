"""A bundle installs itself without a network, and refuses whatever it was not made for.

Of a small project with the real set-up and one made package; the whole product is tried the same
way by `make bundle-check`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from needs import need
from tree import ROOT

from tools.bundle import contents, install
from tools.bundle.__main__ import _least
from tools.bundle.trial import ISOLATED

STATED = "Metadata-Version: 2.1\nName: small\nVersion: 1.0\nLicense: MIT\n"
SMALL = {
    "small/__init__.py": "WORD = 'here'\n",
    "small-1.0.dist-info/METADATA": STATED,
    "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}
STAMPS = """
from tools.setup import asset_steps
for step in asset_steps()[1:]:
    step.stamp.write_text(step.digest())
"""
PATIENCE = 120


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def small_wheel(folder):
    folder.mkdir()
    rows = [f"{name},," for name in (*SMALL, "small-1.0.dist-info/RECORD")]
    with zipfile.ZipFile(folder / "small-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in SMALL.items():
            wheel.writestr(name, text)
        wheel.writestr("small-1.0.dist-info/RECORD", "\n".join(rows))


def run(command, cwd, **environ):
    told = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environ}
    return subprocess.run(  # noqa: S603 - our own
        command, cwd=cwd, env=told, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """What the set-up looks at, with nothing to run, and the one package in a folder of its own."""
    top = tmp_path_factory.mktemp("small") / "project"
    shutil.copytree(ROOT / "tools", top / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".gitignore", top / ".gitignore")
    write(top / "requirements.txt", "small==1.0\n")
    write(top / "requirements-dev.txt", "-r requirements.txt\n")
    write(top / "package-lock.json", '{"packages": {}}')
    for kept_out in (".env", "instance/secret_key", "notes/__pycache__/a.pyc", ".tools/node/node"):
        write(top / kept_out, "not for others")
    write(top / "notes/说明.txt", "说明\n")
    write(top / "static/vendor/a.js", "1\n")
    digest = hashlib.sha256(b"1\n").hexdigest()
    write(top / "static/vendor/digests.json", json.dumps({"a.js": digest}))
    write(top / ".tools/fonts/song.ttf", "font\n")
    write(top / ".tools/fonts/fonts.json", json.dumps({"roles": {"light": {"file": "song.ttf"}}}))
    small_wheel(top.parent / "wheels")
    made = run([sys.executable, "-c", STAMPS], top)
    assert made.returncode == 0, made.stderr
    return top


def bundled(project, name):
    """pip takes packages from that folder alone."""
    out = project.parent / name
    wheels = (project.parent / "wheels").as_uri()
    command = [sys.executable, "-m", "tools.bundle", str(out)]
    done = run(
        command, project, PIP_NO_INDEX="1", PIP_FIND_LINKS=wheels, PIP_CONFIG_FILE=os.devnull
    )
    return out, done


@pytest.fixture(scope="module")
def archive(project):
    out, done = bundled(project, "a.tar")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def unpacked(archive, tmp_path):
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "a place", filter="data")
    return tmp_path / "a place" / "rectification"


def test_it_holds_the_project_and_no_secret_and_is_the_same_each_time(project, archive):
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        owners = {(one.uid, one.uname, one.mtime) for one in packed.getmembers()}
        licences = packed.extractfile("rectification/licences.txt").read().decode()
    assert names[:-1] == sorted(names[:-1])
    assert len(owners) == 1
    held = {name.removeprefix("rectification/") for name in names}
    assert {"tree/notes/说明.txt", "tree/static/vendor/a.js", "tree/.tools/fonts/song.ttf"} <= held
    assert [name for name in held if re.search(r"\.env$|instance/|\.pyc$|node/", name)] == []
    assert "| small | 1.0 | MIT |" in licences
    again, _ = bundled(project, "b.tar")
    assert again.read_bytes() == archive.read_bytes()


def test_it_installs_where_there_is_no_network(unpacked):
    isolated = run([*ISOLATED, "true"], unpacked).returncode == 0
    need(isolated, "这台机器不让建立没有网络的命名空间（unshare）")
    done = run([*ISOLATED, "sh", "install.sh"], unpacked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "安装完成" in done.stdout
    asked = [unpacked / "tree/.venv/bin/python", "-c", "import small; print(small.WORD)"]
    assert run(asked, unpacked).stdout == "here\n"


def test_what_is_damaged_missing_or_added_is_told_and_nothing_is_installed(unpacked):
    (unpacked / "tree/notes/说明.txt").write_text("改过")
    (unpacked / "tree/static/vendor/a.js").unlink()
    (unpacked / "wheels/other-1.0-py3-none-any.whl").write_text("")
    done = run(["sh", "install.sh"], unpacked, PYTHON=sys.executable)
    assert done.returncode == 1
    assert "2个文件缺失或损坏：tree/notes/说明.txt、tree/static/vendor/a.js" in done.stderr
    assert "多出1个文件：wheels/other-1.0-py3-none-any.whl" in done.stderr
    assert not (unpacked / "tree/.venv").exists()


def test_another_python_is_refused(unpacked):
    (unpacked / "python-version").write_text("3.7")
    done = run(["sh", "install.sh"], unpacked, PYTHON=sys.executable)
    assert done.returncode == 1
    assert "没有安装：这个离线包用于 Python 3.7，这台机器上没有" in done.stderr
    assert "PYTHON=" in done.stderr


def test_another_platform_is_refused():
    here = {"python": "{}.{}".format(*sys.version_info), "platform": "linux-x86_64",
            "libc": "glibc", "least_libc": "2.17"}  # fmt: skip
    other = here | {"platform": "macosx-11-arm64", "libc": ""}
    assert list(install.of_machine(here)) == []
    assert "用于 macosx-11-arm64" in next(install.of_machine(other))
    assert "至少要 99.1" in next(install.of_machine(here | {"least_libc": "99.1"}))
    assert "用于 Python 3.7" in next(install.of_machine(here | {"python": "3.7"}))


@pytest.mark.parametrize(
    ("tags", "least"),
    [
        ("py3-none-any", (0,)),
        ("cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64", (2, 17)),
        ("cp311-abi3-manylinux_2_34_x86_64", (2, 34)),
        ("cp311-cp311-manylinux1_x86_64", (2, 5)),
    ],
)
def test_the_oldest_machine_a_wheel_is_for(tags, least):
    assert _least(Path(f"a-1-{tags}.whl")) == least


def test_what_was_not_built_is_not_packed(project, monkeypatch):
    font = project / ".tools/fonts/song.ttf"
    font.rename(font.with_suffix(".away"))
    try:
        out, done = bundled(project, "c.tar")
    finally:
        font.with_suffix(".away").rename(font)
    assert done.returncode == 1
    assert "没有做成：公文字体（.tools/fonts）没有做好" in done.stderr
    assert not out.exists()


def test_of_the_whole_project_git_and_gitignore_name_the_same():
    kept = {path.relative_to(ROOT).as_posix() for path in contents.of_project()}
    walked = {path.relative_to(ROOT).as_posix()
              for path in contents._walked(ROOT, contents._ignored())}  # noqa: SLF001 - the other way  # fmt: skip
    assert {"app.py", "docs/deploy/nginx.conf", ".env.example"} <= kept
    assert kept <= walked
