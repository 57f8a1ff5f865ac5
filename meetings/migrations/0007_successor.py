"""A due day that was moved for somebody who took over an office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_obligation_open_rule_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="extended_to",
            field=models.DateField(blank=True, null=True, verbose_name="forlenget til"),
        ),
    ]
