"""Who takes over an office has time for its papers, also in the puljer that are open already."""

from django.db import migrations, models


def give_time(apps, schema_editor):
    """What leaders and owners owe after a meeting."""
    rules = apps.get_model("cohorts", "DeadlineRule").objects.exclude(pulje__status="closed")
    papers = rules.filter(anchor="meeting_end", met_by="paper", owed_by__in=["leder", "eier"])
    papers.update(successor=5)


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0006_empty_seat"),
    ]

    operations = [
        migrations.AddField(
            model_name="deadlinerule",
            name="successor",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="arbeidsdager til den som tar over"
            ),
        ),
        migrations.RunPython(give_time, migrations.RunPython.noop),
    ]
