"""A seat that becomes empty is reminded of also in the puljer that are open already."""

from django.db import migrations

REMIND, ESCALATE = (-10, 0), ((3, "eier"), (10, "statsforvalter"))
WORDS = {
    "title_bm": "En plass er blitt ledig",
    "title_nn": "Ein plass er blitt ledig",
    "subject_bm": "En plass er ledig",
    "subject_nn": "Ein plass er ledig",
    "text_bm": "En plass som programmet krever, er ledig. Den bør være fylt {frist}. "
    "Se hvem som mangler: {lenke}",
    "text_nn": "Ein plass som programmet krev, er ledig. Han bør vere fylt {frist}. "
    "Sjå kven som manglar: {lenke}",
}


def add_rule(apps, schema_editor):
    """For the groups that the pulje's own rule of the start-up is about, where there is one."""
    rules = apps.get_model("cohorts", "DeadlineRule").objects
    making = rules.filter(anchor="semester_start", met_by="group")
    for start in making.exclude(pulje__status="closed").order_by("pulje_id", "pk"):
        own = [{"offset": days, "to": "", "urgent": False} for days in REMIND]
        others = [{"offset": days, "to": to, "urgent": False} for days, to in ESCALATE]
        rules.get_or_create(
            pulje=start.pulje,
            key="tom_plass",
            defaults={
                "activities": start.activities,
                "anchor": "seat_empty",
                "met_by": "seat",
                "offset": 10,
                "unit": "workdays",
                "shift": "next",
                "steps": own + others,
                "owed_by": "responsible",
                **WORDS,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0005_reminders")]

    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop)]
