"""The kinds of saker on a saksliste, as a list to choose from."""

from django.utils.translation import gettext_lazy

SAK_TYPES = (
    ("orientering", gettext_lazy("Orientering")),
    ("droefting", gettext_lazy("Drøfting")),
    ("beslutning", gettext_lazy("Beslutning")),
    ("refleksjon", gettext_lazy("Refleksjon")),
)
