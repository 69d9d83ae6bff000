"""`policy show`, `policy preview`, `policy publish`."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues.colour.policies import policy_on
from issues.commands.typed import TYPED
from issues.ground import clock, signs
from issues.ground.documents import Unreadable, json_of, toml_of
from issues.ground.numbers import LARGEST_ID
from issues.ground.refusals import Incomplete, Refusal
from issues.models import PolicyVersion
from issues.rules.policy import Policy
from issues.supervision import policy_preview, rulebook
from issues.vocabulary import Colour

policy = AppGroup("policy", help="规则：查看、比对、发布。")
MOST_BYTES = 1024 * 1024
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@policy.command(help="打印现行规则，或第 N 版，JSON 格式。")
@click.argument("number", type=click.IntRange(1, LARGEST_ID), required=False)
def show(number: int | None) -> None:
    if number is None:
        number, rules = policy_on(clock.today())
    else:
        version = db.session.get(PolicyVersion, number)
        if version is None:
            raise click.ClickException(f"没有第{number}版规则。")
        rules = Policy.from_document(version.document)
    document = {"number": number} | rules.document()
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@policy.command(help="比对：按文件中的规则，哪些事项会变色。只看不写。")
@click.argument("file", type=_FILE)
def preview(file: Path) -> None:
    with refusals(), click.progressbar(length=1, label="比对") as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        rules = rulebook.read_policy(read_document(file))
        found = policy_preview.compare(rules, clock.today(), progress)
    for change in found.changes:
        by = "、".join(rule.value for rule in change.rules)
        click.echo(
            f"{change.number}  {change.before.label}→{change.after.label}  {by}  {change.title}"
        )
    for name, counted in (("现行规则", found.before), ("改后", found.after)):
        told = " ".join(f"{colour.label}{counted[colour]}" for colour in Colour)
        click.echo(f"{name}：{told}")


@policy.command(help="发布：起草人和发布人须是两人。")
@click.argument("file", type=_FILE)
@click.option("--from", "start", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--author", type=TYPED, required=True, help="起草人账号（市环委办经办）。")
@click.option("--approver", type=TYPED, required=True, help="发布人账号（市环委办负责人）。")
@click.option("--name", type=TYPED, default=None, help="规则名称，默认取文件名。")
@click.option("--reason", type=TYPED, default="由命令行发布", help="修订理由。")
def publish(
    file: Path, start: datetime, author: str, approver: str, name: str | None, reason: str
) -> None:
    with refusals(), transaction():
        version = rulebook.publish(
            read_document(file),
            name=name or signs.bare(file.stem),
            effective_from=start.date(),
            author=_person(author),
            approver=_person(approver),
            reason=reason,
            at=clock.now(),
        )
        told = f"已发布第{version.number}版，自{version.effective_from}起生效。"
    click.echo(told)


def read_document(file: Path) -> Mapping[str, Any]:
    """JSON or TOML; a complete document or only what is changed. Raises Incomplete."""
    try:
        read = toml_of if file.suffix == ".toml" else json_of
        document = read(file.read_bytes(), MOST_BYTES)
    except Unreadable as wrong:
        said = f"不是有效的 TOML 或 JSON：{wrong.sentence}"
        raise Incomplete({"document": [said]}) from None
    if isinstance(document, dict):
        for told in ("number", "name", "effective_from"):  # as `show` and the API print it
            document.pop(told, None)
    return document


def _person(name: str) -> Actor:
    user = db.session.scalars(select(User).where(User.name == name, User.is_active)).first()
    if user is None:
        raise click.ClickException(f"没有名为“{name}”的账号。")
    return actor_for(user)


class refusals:  # noqa: N801 - reads as a statement where it stands
    """A refusal is its sentences on the terminal and exit 1."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, wrong: BaseException | None, _trace: object) -> None:
        if isinstance(wrong, Refusal):
            said = [f"{name}：{'；'.join(says)}" for name, says in wrong.errors.items()]
            raise click.ClickException("\n".join([wrong.sentence, *said])) from None
