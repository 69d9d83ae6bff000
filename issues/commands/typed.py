"""Words typed on the command line, as a person sees them."""

from typing import Any

import click

from issues.ground import signs


class Typed(click.ParamType):
    """Text without what nobody sees; a sign that is refused is told with its place."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = signs.clean(str(value)).strip()
        if wrong := signs.fault(words):
            self.fail(f"文字{wrong}", param, ctx)
        return words


TYPED = Typed()
