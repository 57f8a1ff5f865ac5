"""Two people have written in the same paper: both texts side by side, and neither is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cohorts.rules.paper import Data, differing, joined

CHOICE, MINE, THEIRS = "valg-", "mine-", "deres-"
OWN, OTHERS, BOTH = "mine", "theirs", "joined"
NOT_KEPT = ("csrfmiddlewaretoken", "edit_version", "base", "handling")


@dataclass(frozen=True)
class TwoTexts:
    """One field with two texts. `both` is the suggestion that joins them; only texts have one."""

    key: str
    label: str
    mine: str
    theirs: str
    both: str | None


def two_texts(
    mine: Data,
    theirs: Data,
    labels: dict[str, Any],
    as_text: Callable[[str, Any], str],
) -> list[TwoTexts]:
    """The fields whose value differs, in the order of the form.

    `as_text` words a value that is not a text.
    """
    found = []
    for key in differing(mine, theirs):
        is_text = isinstance(mine[key], str)
        texts = [value if is_text else as_text(key, value) for value in (mine[key], theirs[key])]
        both = joined(*texts) if is_text else None
        found.append(TwoTexts(key, str(labels[key]), texts[0], texts[1], both))
    return found


def kept_fields(post: QueryDict, conflicts: list[TwoTexts]) -> list[tuple[str, str]]:
    """Everything that was typed, to be posted again; a text in conflict is posted as `mine-…`."""
    in_conflict = {each.key for each in conflicts if each.both is not None}
    again = []
    for name, values in post.lists():
        if name in NOT_KEPT or name.startswith((CHOICE, MINE, THEIRS)):
            continue
        shown_as = f"{MINE}{name}" if name in in_conflict else name
        again += [(shown_as, value) for value in values]
    return again


def with_choices(post: QueryDict) -> QueryDict:
    """What was typed, with the text that the writer chose in each field that has two."""
    chosen, kept_as = post.copy(), {OWN: MINE, OTHERS: THEIRS}
    for name in post:
        if name.startswith(CHOICE) and post[name] in kept_as:
            key = name.removeprefix(CHOICE)
            text = f"{kept_as[post[name]]}{key}"
            if text in post:
                chosen[key] = post[text]
    return chosen


def keep_theirs(post: QueryDict, data: Data, theirs: Data) -> Data:
    """The data with the other's value in the fields where the writer chose that."""
    kept = dict(data)
    for name in post:
        key = name.removeprefix(CHOICE)
        if name.startswith(CHOICE) and post[name] == OTHERS and key in theirs:
            kept[key] = theirs[key]
    return kept
