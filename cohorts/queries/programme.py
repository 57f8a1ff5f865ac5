"""The programme of a pulje, as typed values."""

from functools import lru_cache

from cohorts.programme.definition import Programme, programme_from_dict


def programme_of(pulje) -> Programme:
    """The programme as it was when `pulje` was opened. One query the first time in a process."""
    edition = type(pulje)._meta.get_field("edition").related_model
    return _parse(edition, pulje.edition_id)


@lru_cache(maxsize=16)
def _parse(edition, sha256: str) -> Programme:
    # The key is the content's own hash, so what is cached can never be out of date.
    return programme_from_dict(edition.objects.get(sha256=sha256).content)
