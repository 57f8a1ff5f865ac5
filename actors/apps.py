"""The app of people, roles, registers and messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = _("Aktører")
    default_auto_field = "django.db.models.BigAutoField"
