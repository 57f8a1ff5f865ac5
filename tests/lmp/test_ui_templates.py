"""What holds for every template file."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ICONS = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"
PAGES = sorted(
    path.relative_to(TEMPLATES)
    for path in TEMPLATES.rglob("*.html")
    if path.relative_to(TEMPLATES).parts[0] not in {"mail", "pdf"}
)
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|hx-on|javascript:")
SCRIPT = re.compile(r"<script(?![^>]*(\ssrc=|application/json))")
ICON = re.compile(r"{% icon \"([a-z]+)\"")


def source(path: Path) -> str:
    return (TEMPLATES / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_nothing_that_a_strict_csp_refuses(path):
    assert not INLINE.search(source(path))
    assert not SCRIPT.search(source(path))


@pytest.mark.parametrize("path", [p for p in PAGES if p.parts[0] == "_ui"], ids=str)
def test_every_shared_piece_says_what_it_takes(path):
    # A page to build on has to extend the base in its first line.
    assert source(path).removeprefix('{% extends "base.html" %}\n').startswith("{% comment %}")


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', ICONS.read_text(encoding="utf-8")))
    used = {name for path in PAGES for name in ICON.findall(source(path))}

    assert used <= drawn
