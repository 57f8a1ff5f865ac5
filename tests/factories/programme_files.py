"""Files of programmes with mistakes in them: `edited(tmp_path, (old, new))`."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "cohorts" / "data"


def edited(tmp_path, *edits, name="samlingsbasert.toml"):
    """Write the file with the edits (old, new), each where it first applies; return its path."""
    text = (DATA / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path
