"""Find every text that the pages translate, without GNU gettext.

Python files are read with `ast`, templates with Django's own lexer; both give the msgids that
gettext would look up at run time. `manage.py nynorsk` and the test of the catalogue use it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
_STRING = re.compile(r"""_\((?P<q>["'])(?P<text>.*?)(?P=q)\)""")
_VARIABLE = re.compile(r"^[\w.]+")


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate: its context, the text, and the plural form if it has one."""

    msgid: str
    plural: str = ""
    context: str = ""


def find_messages(folders: list[Path], templates: list[Path]) -> dict[Message, list[str]]:
    """Every message below the folders, with the files («actors/forms.py:12») that hold it."""
    found: dict[Message, list[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                for message, line in python_messages(path.read_text(encoding="utf-8")):
                    found.setdefault(message, []).append(f"{path}:{line}")
    for folder in templates:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".html", ".txt"}):
            for message, line in template_messages(path.read_text(encoding="utf-8")):
                found.setdefault(message, []).append(f"{path}:{line}")
    return found


def python_messages(source: str) -> Iterator[tuple[Message, int]]:
    """(message, line) of every call of a gettext function with literal texts."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        if name in SINGULAR and texts:
            yield Message(texts[0]), node.lineno
        elif name in PLURAL and len(texts) > 1:
            yield Message(texts[0], texts[1]), node.lineno
        elif name in CONTEXT and len(texts) > 1:
            yield Message(texts[1], context=texts[0]), node.lineno


def template_messages(source: str) -> Iterator[tuple[Message, int]]:
    """(message, line) of every translate and blocktranslate tag and every `_("…")` in a tag."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        parts = list(smart_split(token.contents))
        tag = parts[0] if token.token_type == TokenType.BLOCK and parts else ""
        if tag in ("blocktranslate", "blocktrans"):
            yield _block_message(parts, tokens), token.lineno
            continue
        if tag in ("translate", "trans") and parts[1][0] in "\"'":
            yield Message(_escaped(parts[1][1:-1]), context=_context(parts)), token.lineno
        for match in _STRING.finditer(token.contents):
            yield Message(_escaped(match["text"])), token.lineno


def _escaped(text: str) -> str:
    """A literal in a tag as Django looks it up: with every per cent sign doubled."""
    return text.replace("%", "%%")


def _context(parts: list[str]) -> str:
    if "context" not in parts:
        return ""
    return parts[parts.index("context") + 1].strip("\"'")


def _block_message(parts: list[str], tokens: Iterator[Token]) -> Message:
    """The message of a blocktranslate, as Django looks it up: variables as %(name)s."""
    texts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            if token.contents.strip() == "plural":
                texts.append([])
                continue
            break
        texts[-1].append(_block_part(token))
    whole = ["".join(text) for text in texts]
    if "trimmed" in parts:
        whole = [trim_whitespace(text) for text in whole]
    return Message(whole[0], whole[1] if len(whole) > 1 else "", _context(parts))


def _block_part(token: Token) -> str:
    if token.token_type == TokenType.VAR:
        name = _VARIABLE.match(token.contents)
        return f"%({name[0] if name else ''})s"
    return token.contents.replace("%", "%%") if token.token_type == TokenType.TEXT else ""
