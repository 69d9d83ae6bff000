"""A workbook sent in as a person sends it, from the page of imports."""

import io

HOME = "/issues/import"


def upload(visitor, content, name="台账.xlsx", expect=200, **more):
    """Send the form as it stands on the page, with a file in it."""
    content = content if isinstance(content, bytes) else content.read_bytes()
    drawn = visitor.get(HOME).form(HOME).drawn()
    page = visitor.send(HOME, expect, workbook=(io.BytesIO(content), name), **drawn | more)
    page.answer.request.environ["wsgi.input"].close()  # a large body waits in a temporary file
    return page
