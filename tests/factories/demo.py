"""The demo in tests: a small one that is quick to build, and a hash of everything in it.

world = build_small(date(2026, 11, 20))     # three kommuner in pulje 9, one in pulje 8
"""

from datetime import date

from django.apps import apps

from lmp.lib.hashing import content_hash
from reports.demo.build import build_demo
from reports.demo.plan import FORMER, KOMMUNER
from reports.demo.world import World

APPS = ("actors", "cohorts", "meetings")
# Drawn anew for every account by Django: a mark that nobody can sign in with.
CHANCE_FIELDS = {"password"}


def build_small(today: date, scale: int = 1) -> World:
    """Fjordvik, Bjørkesund and Havbrekke with the people the documentation names."""
    return build_demo(today=today, scale=scale, plans=KOMMUNER[:3], former=FORMER[:1])


def our_models() -> list:
    """Every model of our own apps."""
    return [model for name in APPS for model in apps.get_app_config(name).get_models()]


def rows_of(model) -> list[tuple]:
    """All rows of a model but for what chance decides."""
    fields = [f.attname for f in model._meta.concrete_fields if f.name not in CHANCE_FIELDS]
    return list(model.objects.order_by("pk").values_list(*fields))


def fingerprint() -> str:
    """A hash of every row of our own apps."""
    return content_hash({m._meta.label: str(rows_of(m)) for m in our_models()})
