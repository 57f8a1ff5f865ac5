"""Writing rows of the demo that are stored and have changed since."""

from collections.abc import Iterable, Sequence

from django.db.models import Model


def write_changes(rows: Iterable[Model], fields: Sequence[str]) -> None:
    """Write `fields` of stored rows of one model, as `bulk_update` would.

    That puts a CASE with a branch for every row and field together, which takes many times as long
    as all the rows once more with «on conflict, update».
    """
    found = list({row.pk: row for row in rows}.values())
    if found:
        type(found[0])._default_manager.bulk_create(
            found,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=list(fields),
        )
