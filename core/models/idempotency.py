"""Answers that were given, kept so that a repeated request gets the same one."""

from django.conf import settings
from django.db import models

ONE_ANSWER = "one_answer_per_key"


class IdempotencyRecord(models.Model):
    """The first answer to (user, key); written in the transaction of the action itself, erased after seven days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    response = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "core_idempotency"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name=ONE_ANSWER)]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]
