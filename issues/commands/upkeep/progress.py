"""How far a backup or a restore is, as a bar on the terminal: one for each stage."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from issues.backups.course import Step, listening
from issues.queries.evidence.files import written_size

WIDTH, MOST_DRAWN = 24, 200


@contextmanager
def bars() -> Iterator[None]:
    """Of bytes where there are any, else of files; where nobody looks on, nothing is said."""
    with listening(_draw):
        yield


def _draw(step: Step) -> None:
    every = max(step.all_files // MOST_DRAWN, 1)
    is_over = step.files == step.all_files
    if not (sys.stderr.isatty() and step.all_files) or (step.files % every and not is_over):
        return
    done, whole = (step.size, step.all_size) if step.all_size else (step.files, step.all_files)
    filled = WIDTH * done // whole
    click.echo(f"\r{line(step)} [{'#' * filled:-<{WIDTH}}] \x1b[K", nl=False, err=True)
    if is_over:
        click.echo(err=True)


def line(step: Step) -> str:
    """`备份材料 12/80，3.1 MB/20.4 MB`."""
    files = f"{step.stage} {step.files}/{step.all_files}"
    if not step.all_size:
        return files
    return f"{files}，{written_size(step.size)}/{written_size(step.all_size)}"
