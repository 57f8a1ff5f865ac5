"""That no veileder follows any more is reminded of also in the puljer that are open already."""

from django.db import migrations

REMIND, ESCALATE = (-5, 0), ((5, "udir"),)
WORDS = {
    "title_bm": "Manglende veileder",
    "title_nn": "Manglande rettleiar",
    "subject_bm": "Veileder mangler",
    "subject_nn": "Rettleiar manglar",
    "text_bm": "Ingen veileder følger arbeidet nå. En veileder bør være satt opp {frist}. "
    "Sett opp veileder her: {lenke}",
    "text_nn": "Ingen rettleiar følgjer arbeidet no. Ein rettleiar bør vere sett opp {frist}. "
    "Set opp rettleiar her: {lenke}",
}


def add_rule(apps, schema_editor):
    """For the places that the pulje's own rule of the start-up is about, where there is one, and
    where its programme has a koordinator and Udir."""
    rules = apps.get_model("cohorts", "DeadlineRule").objects
    making = rules.filter(anchor="semester_start", met_by="group").exclude(pulje__status="closed")
    for start in making.select_related("pulje__edition").order_by("pulje_id", "pk"):
        actors = {each["id"] for each in start.pulje.edition.content["actor"]}
        if not {"koordinator", *(to for _days, to in ESCALATE)} <= actors:
            continue
        own = [{"offset": days, "to": "", "urgent": False} for days in REMIND]
        others = [{"offset": days, "to": to, "urgent": False} for days, to in ESCALATE]
        rules.get_or_create(
            pulje=start.pulje,
            key="tom_veileder",
            defaults={
                "activities": start.activities,
                "anchor": "seat_empty",
                "met_by": "veileder",
                "offset": 5,
                "unit": "workdays",
                "shift": "next",
                "steps": own + others,
                "owed_by": "koordinator",
                **WORDS,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0007_successor")]

    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop)]
