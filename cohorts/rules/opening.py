"""Which parts of a programme file a pulje keeps as they are, beside its columns."""

from typing import Any

# Keys of an activity that have a column of their own, or say where the file has it from.
ACTIVITY_COLUMNS = frozenset(
    {
        "id",
        "kind",
        "scope",
        "semesters",
        "cadence",
        "min",
        "max",
        "form",
        "responsible",
        "applies_to",
        "source",
        "title",
    }
)
# The lists of a semester that its theme keeps.
THEME_LISTS = ("law", "focus", "product", "question")


def activity_options(raw: dict[str, Any]) -> dict[str, Any]:
    """What only some activities have (`linked_to`, `participants`, `group` …), as in the file."""
    return {key: value for key, value in raw.items() if key not in ACTIVITY_COLUMNS}


def theme_content(raw: dict[str, Any]) -> dict[str, Any]:
    """The laws, focus points, products and questions of a semester, as in the file."""
    return {key: raw[key] for key in THEME_LISTS if key in raw}
