"""The demo in tests: a small one that is quick to build, and a hash of everything in it.

world = build_small(date(2026, 11, 20))     # three kommuner in pulje 9, one in pulje 8, and
                                            # five applicants to pulje 10
"""

from datetime import date

import pytest
from django.apps import apps

from actors.models import Invitation
from cohorts.models import SoeknadUnit
from lmp.lib.hashing import content_hash
from reports.demo.applicants import APPLICANTS
from reports.demo.build import build_demo
from reports.demo.plan import FORMER, KOMMUNER
from reports.demo.world import World

FRIDAY = date(2026, 11, 20)
"""The day the suite runs on."""

# Tests of the whole demo: one process builds it for all of them.
WHOLE_DEMO = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

APPS = ("actors", "cohorts", "meetings")
# Drawn anew every time: Django's mark that nobody can sign in with, the secrets of links, and the
# line between the parts of a letter.
CHANCE_FIELDS = {"password", "token", "letter"}
FEW = ("Sørtinden", "Tranevik", "Rognmyra", "Tverrdalsø", "Tjuvholtet")


def build_small(today: date, scale: int = 1) -> World:
    """Fjordvik, Bjørkesund and Havbrekke with the people the documentation names."""
    return build_demo(
        today=today,
        scale=scale,
        plans=KOMMUNER[:3],
        former=FORMER[:1],
        applicants=tuple(plan for plan in APPLICANTS if plan.name in FEW),
    )


def our_models() -> list:
    """Every model of our own apps."""
    return [model for name in APPS for model in apps.get_app_config(name).get_models()]


def rows_of(model) -> list[tuple]:
    """All rows of a model but for what chance decides."""
    fields = [f.attname for f in model._meta.concrete_fields if f.name not in CHANCE_FIELDS]
    return list(model.objects.order_by("pk").values_list(*fields))


def fingerprint() -> str:
    """A hash of every row of our own apps; links in mails without their secrets."""
    return content_hash({m._meta.label: _without_secrets(str(rows_of(m))) for m in our_models()})


def _without_secrets(text: str) -> str:
    for model in (Invitation, SoeknadUnit):
        for token in model.objects.values_list("token", flat=True):
            text = text.replace(token, "TOKEN")
    return text
