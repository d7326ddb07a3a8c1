"""Live updates that are committed but not yet on the stream."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class OutboxMessage(models.Model):
    """One update waiting for the relay. `id` is not the order of commits and is never used as such."""

    type = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    payload = models.JSONField()
    before = ArrayField(models.TextField())
    after = ArrayField(models.TextField())
    created_at = models.DateTimeField()

    class Meta:
        db_table = "core_outbox"
