"""HTML without its layout, for tests that read a piece of a page as one string."""

import re

BLOCKS = (
    "html|head|body|header|footer|main|nav|section|article|aside|div|p|ul|ol|li|dl|dt|dd|table|"
    "caption|thead|tbody|tr|th|td|form|fieldset|legend|h[1-6]|details|summary|figure|figcaption"
)


def squeeze(html: str | bytes) -> str:
    """Return `html` on one line, without the white space that a browser would not show."""
    text = html.decode() if isinstance(html, bytes) else html
    return re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", " ".join(text.split()))
