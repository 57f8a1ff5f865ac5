"""The day a message is about: a mail after it is of no use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0006_letter"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="event_day",
            field=models.DateField(blank=True, null=True, verbose_name="dagen det gjelder"),
        ),
    ]
