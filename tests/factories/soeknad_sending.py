"""The page a søknad is sent from."""

from django.urls import reverse

from cohorts.rules.soeknad_form import CONFIRMATIONS


def url(soeknad, name="soeknad_review", *more):
    """The address of a page of the søknad by its name: the one it is sent from."""
    return reverse(f"cohorts:{name}", args=[soeknad.pk, *more])


def ticks(soeknad):
    """What is posted there: the confirmations that are ticked."""
    return {"confirmed": soeknad.answers.get(key=CONFIRMATIONS).value}
