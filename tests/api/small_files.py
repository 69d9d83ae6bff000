"""Small real files, each with bytes of its own."""

from io import BytesIO

from PIL import Image

PDF = b"%%PDF-1.4\n%% %d\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%%%EOF\n"


def paper(number):
    return PDF % number


def photo(number=1):
    out = BytesIO()
    picture = Image.radial_gradient("L").crop((number, 0, number + 160, 160))
    picture.convert("RGB").save(out, "JPEG")
    return out.getvalue()
