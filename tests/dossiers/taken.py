"""A dossier taken along by the command line, looked into, and checked by its own program."""

import io
import subprocess
import sys
import zipfile

import pypdf


def export(app, issue, target, *more):
    made = app.test_cli_runner().invoke(args=["dossier", issue.number, "-o", str(target), *more])
    assert made.exit_code == 0, made.output
    return target


def check(path, *more, by=None):
    """Exit code and words of the verifier, run by a bare Python: that of the dossier, or `by`."""
    if by is None:
        with zipfile.ZipFile(path) as archive:
            script = archive.read("verify.py").decode()
    else:
        script = by.read_text(encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", "-", str(path), *more],
        input=script, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def text_of(archive, issue):
    pdf = pypdf.PdfReader(io.BytesIO(archive.read(f"{issue.number}.pdf")))
    return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)
