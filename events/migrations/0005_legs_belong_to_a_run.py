"""A reopened event is handled anew: its legs are told apart by the run, and the run knows when it began."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("events", "0004_a_type_is_numbered_and_says_its_standards")]

    operations = [
        migrations.RemoveConstraint(model_name="workorder", name="one_lead_per_event"),
        migrations.AddField(
            model_name="workorder",
            name="run",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="案件重开后的工单属于新的一次", verbose_name="第几次办理"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="reopened_at",
            field=models.DateTimeField(blank=True, help_text="本次办理从此时起", null=True, verbose_name="重开时间"),
        ),
        migrations.AddConstraint(
            model_name="workorder",
            constraint=models.UniqueConstraint(
                fields=("event", "run"),
                condition=Q(role="lead", state__in=("issued", "signed", "assigned", "done")),
                name="one_lead_per_event",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=Q(audit="due"), fields=["id"], name="events_to_audit"),
        ),
    ]
