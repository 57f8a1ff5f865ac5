"""Finding rows in the registers."""

from django.db import models
from django.db.models import Q

from actors.rules.register import fold


def valid_on(on):
    """Rows that hold on the date `on`: both ends inclusive, an empty end is open."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return started & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def matches(text):
    """Rows whose name holds every word of `text`, or whose organisasjonsnummer starts with it."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(search_name__contains=word)
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        condition |= Q(orgnr__startswith=digits)
    return condition


class RealOrFictional(models.QuerySet):
    """For rows that are either from a register or made up for demo and tests."""

    def real(self):
        return self.filter(is_fictional=False)

    def fictional(self):
        return self.filter(is_fictional=True)


class StatsforvalterQuerySet(models.QuerySet):
    pass


class FylkeQuerySet(models.QuerySet):
    def open(self):
        """Fylker that are not abolished."""
        return self.filter(valid_to=None)

    def current(self, on):
        """Fylker that exist on the date `on`."""
        return self.filter(valid_on(on))


class KommuneQuerySet(RealOrFictional):
    def open(self):
        """Kommuner that are not abolished."""
        return self.filter(valid_to=None)

    def current(self, on):
        """Kommuner whose number holds on the date `on`."""
        return self.filter(valid_on(on))

    def search(self, text):
        """Kommuner whose name in any language matches; see `matches`. Empty text finds all."""
        return self.filter(matches(text))


class KommuneCodeQuerySet(models.QuerySet):
    def current(self, on):
        """Former codes that were in force on the date `on`."""
        return self.filter(valid_on(on))


class OwnerQuerySet(RealOrFictional):
    def search(self, text):
        """Owners whose name or organisasjonsnummer matches. Empty text finds all."""
        return self.filter(matches(text))


class UnitQuerySet(RealOrFictional):
    def active(self):
        """Units in operation according to their register."""
        return self.filter(active=True)

    def in_kommune(self, kommune):
        """Units that lie in the kommune, whoever owns them."""
        return self.filter(kommune=kommune)

    def owned_by(self, owner):
        """Units of one owner."""
        return self.filter(owner=owner)

    def skoler(self):
        return self.filter(kind="skole")

    def barnehager(self):
        return self.filter(kind="barnehage")

    def search(self, text, kommune=None, owner=None, kind=None):
        """Units whose name or organisasjonsnummer matches, optionally within a kommune, an owner
        or a kind ("skole", "barnehage"). Empty text finds all within the rest."""
        found = self.filter(matches(text))
        if kommune is not None:
            found = found.in_kommune(kommune)
        if owner is not None:
            found = found.owned_by(owner)
        if kind:
            found = found.filter(kind=kind)
        return found
