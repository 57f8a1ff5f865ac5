"""A rule that is new in the programme is added to the puljer that are open already."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps as installed

from cohorts.models import DeadlineRule, ProgrammeEdition
from tests.factories.cohorts import make_pulje

pytestmark = pytest.mark.django_db

OWN = ("id", "pulje_id", "_state")


@pytest.mark.parametrize(
    ("migration", "key"),
    [("0006_empty_seat", "tom_plass"), ("0008_veileder_missing", "tom_veileder")],
)
def test_an_open_pulje_gets_the_rule_as_a_new_one_has_it_and_once(migration, key):
    pulje, closed = make_pulje(), make_pulje(10, "closed")
    DeadlineRule.objects.filter(key=key).delete()

    for _ in range(2):
        import_module(f"cohorts.migrations.{migration}").add_rule(installed, None)

    fresh = make_pulje(11).deadline_rules.get(key=key)
    added = pulje.deadline_rules.get(key=key)
    assert {k: v for k, v in vars(added).items() if k not in OWN} == {
        k: v for k, v in vars(fresh).items() if k not in OWN
    }
    assert not closed.deadline_rules.filter(key=key).exists()


def test_a_programme_without_a_koordinator_is_left_alone():
    pulje = make_pulje()
    pulje.edition = ProgrammeEdition.objects.create(
        sha256="other",
        content={"actor": [{"id": "udir"}]},
        created_at=datetime(2025, 4, 1, tzinfo=UTC),
    )
    pulje.save()
    DeadlineRule.objects.filter(key="tom_veileder").delete()

    import_module("cohorts.migrations.0008_veileder_missing").add_rule(installed, None)

    assert not pulje.deadline_rules.filter(key="tom_veileder").exists()
