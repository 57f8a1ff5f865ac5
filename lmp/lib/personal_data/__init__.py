"""Personal data in free text: national id numbers, and spots where somebody may be recognised."""

from lmp.lib.personal_data.hints import ADVICE, Hint, Kind, find_hints
from lmp.lib.personal_data.national_ids import Span, find_national_ids

__all__ = ["ADVICE", "Hint", "Kind", "Span", "find_hints", "find_national_ids"]
