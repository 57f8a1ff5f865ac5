"""An evaluation may be closed before it is due; by whom, when and why stands on the semester."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0008_veileder_missing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="semester",
            name="evaluation_closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="evalueringen lukket"),
        ),
        migrations.AddField(
            model_name="semester",
            name="evaluation_closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="semester",
            name="evaluation_closed_why",
            field=models.CharField(blank=True, max_length=300, verbose_name="hvorfor lukket"),
        ),
    ]
