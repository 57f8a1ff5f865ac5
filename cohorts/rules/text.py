"""Which of a pair of texts, bokmål and nynorsk, is shown."""

from django.utils.translation import get_language


def in_language(bm: str, nn: str, language: str | None = None) -> str:
    """The text in `language` («nb» or «nn»; default the active one); bokmål if nynorsk is empty."""
    return nn if (language or get_language()) == "nn" and nn else bm
