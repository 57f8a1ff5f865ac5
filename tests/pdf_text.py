"""The words of a PDF file, read as a reader's program does: through the ToUnicode maps."""

import re
from io import BytesIO

import pikepdf


def pdf_text(content: bytes) -> str:
    """All text of the pages in drawing order, without blanks: lines are broken anywhere."""
    with pikepdf.open(BytesIO(content)) as document:
        return "".join(_page_text(page) for page in document.pages)


def _page_text(page: pikepdf.Page) -> str:
    maps = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    found, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            found += [_decoded(part, current) for part in parts if isinstance(part, pikepdf.String)]
    return "".join("".join(found).split())


def _decoded(part: pikepdf.String, glyphs: dict[int, str]) -> str:
    data = bytes(part)
    return "".join(
        glyphs.get(int.from_bytes(data[at : at + 2]), "?") for at in range(0, len(data), 2)
    )


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    glyphs = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            glyphs[int(glyph, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    return glyphs
