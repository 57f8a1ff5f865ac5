"""Which files may go with a grunnlag: PDF and Word, told by what is in them. Pure functions."""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", DOCX: ".docx"}
LARGEST = 10 * 1024 * 1024
MOST = 5
LONGEST_NAME = 120
_MAIN_PART, _MACROS = "word/document.xml", "word/vbaProject.bin"
_TYPES, _MOST_PARTS = "[Content_Types].xml", 5000


def kind_of(content: bytes) -> str:
    """The content type of a file by its content: `PDF`, `DOCX`, or empty for anything else.

    A Word file with macros is none of them: it can run something.
    """
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04") and _is_docx(content):
        return DOCX
    return ""


def _is_docx(content: bytes) -> bool:
    """Whether it is a package with a Word document in it. Only the list of parts is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {_TYPES, _MAIN_PART} <= set(names) and _MACROS not in names and len(names) < _MOST_PARTS


def file_name(given: str, content_type: str) -> str:
    """The name as it is stored: no folder, no invisible signs, single spaces, the right ending.

    «C:\\Mine/ plan .DOCX» becomes «plan.docx». Whatever else stands in it is shown as text.
    """
    base = PurePosixPath(given.replace("\\", "/")).name
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", base))
    seen = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C").strip()
    suffix = SUFFIXES[content_type]
    stem = seen[: -len(suffix)] if seen.lower().endswith(suffix) else seen
    stem = stem.strip(" .") or "vedlegg"
    return f"{stem[: LONGEST_NAME - len(suffix)].rstrip()}{suffix}"
