"""Which files may go with a søknad, and what they are called. Pure functions."""

import re
import unicodedata
from pathlib import PurePosixPath

PDF = "application/pdf"
MB = 1024 * 1024
LARGEST = 5 * MB
MOST = 5
LONGEST_NAME = 120
_SUFFIX, _MAGIC = ".pdf", b"%PDF-"


def is_pdf(name: str, start: bytes) -> bool:
    """Whether it is called a PDF and begins as one; `start` is at least its first five bytes."""
    return name.lower().endswith(_SUFFIX) and start.startswith(_MAGIC)


def file_name(given: str) -> str:
    """The name as it is stored: no folder, no invisible signs, single spaces, not too long.

    «Skjema/ plan .pdf» becomes «plan.pdf». Whatever else stands in it is kept and shown as text.
    """
    base = PurePosixPath(given.replace("\\", "/")).name
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", base))
    seen = "".join(sign for sign in spaced if _is_visible(sign))
    stem, dot, suffix = seen.strip().rpartition(".")
    stem = stem.strip(" .") or "vedlegg"
    return f"{stem[: LONGEST_NAME - len(_SUFFIX)].rstrip()}{dot or '.'}{suffix}"[:LONGEST_NAME]


def _is_visible(sign: str) -> bool:
    """No control sign, and none that turns the direction of the text."""
    return unicodedata.category(sign)[0] != "C"


def size_in_words(size: int) -> str:
    """«7 MB», «5,1 MB», «340 kB»: rounded up, so that too large never reads as just right."""
    if size < MB:
        return f"{max(1, -(-size // 1024))} kB"
    tenths = -(-size * 10 // MB)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest} MB" if rest else f"{whole} MB"
