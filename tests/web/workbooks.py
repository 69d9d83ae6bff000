"""A workbook sent in as a person sends it, from the page of imports; its pictures chosen."""

import io

HOME = "/issues/import"


def upload(visitor, content, name="台账.xlsx", expect=200, **more):
    """Send the form as it stands on the page, with a file in it."""
    content = content if isinstance(content, bytes) else content.read_bytes()
    drawn = visitor.get(HOME).form(HOME).drawn()
    page = visitor.send(HOME, expect, workbook=(io.BytesIO(content), name), **drawn | more)
    page.answer.request.environ["wsgi.input"].close()  # a large body waits in a temporary file
    return page


def chosen(visitor, page, expect=200, **said):
    """The form as it is drawn, with every picture ticked unless said otherwise.

    Ticks and kinds stand in the list below the form, as `form=` says.
    """
    url = f"{page.url}/pictures"
    shown = visitor.get(page.url)
    ids = [one["value"] for one in shown.tree.all("input", name="shown", form="pictures-form")]
    drawn = shown.form(url).drawn() | {"wanted": "yes", "shown": ids, "take": ids}
    return visitor.send(url, expect, **drawn | said)
