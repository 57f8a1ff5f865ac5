"""What goes on the line is kept until it is sent; workers that died are no attempts."""

from django.db import migrations, models
from django.db.models import F


def count_claims_apart(apps, schema_editor):
    """An attempt was counted when a worker took the mail; now when the mail server has answered."""
    taken = apps.get_model("actors", "Mail").objects.filter(status="claimed", attempts__gt=0)
    taken.update(attempts=F("attempts") - 1, claims=1)


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="claims",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="ganger tatt"),
        ),
        migrations.AddField(
            model_name="mail",
            name="letter",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="notice",
            name="pulje",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pulje"),
        ),
        migrations.RunPython(count_claims_apart, migrations.RunPython.noop),
    ]
