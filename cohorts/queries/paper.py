"""Numbers of the versions of a paper."""

from django.db.models import Max, QuerySet


def next_number(versions: QuerySet) -> int:
    """The number of the next version: one more than the highest there is, removed ones too.

    The first row need not have it: a cleaned edition stands where the text it replaces stood.
    """
    return (versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
