from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_privacy_hidden_texts")]

    operations = [
        migrations.AddField(
            model_name="referat",
            name="carried",
            field=models.JSONField(blank=True, default=list, verbose_name="siden sist"),
        ),
    ]
