"""The append-only history: one hash chain per subject, sealed every minute into a chain of anchors."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class HistoryRow(models.Model):
    """One thing that happened. Triggers forbid UPDATE (but for erasing `personal`) and DELETE.

    `facts` is covered by the hash in clear; `personal` (names, free text, positions) only through its salted digest, so
    that a person's data can be erased and the chain stays valid.
    """

    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=32)
    move = models.CharField(max_length=48)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)
    personal = models.JSONField(null=True)
    personal_salt = models.CharField(max_length=32)
    personal_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    transaction = models.BigIntegerField(default=0, help_text="set by a trigger: the number of the writing transaction")

    class Meta:
        db_table = "core_history"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "seq"], name="history_is_one_chain_per_subject"
            )
        ]
        indexes = [
            models.Index(fields=["transaction"], name="history_by_transaction"),
            BrinIndex(fields=["at"], autosummarize=True, pages_per_range=32, name="history_by_time"),
        ]


class HistoryAnchor(models.Model):
    """Seals all rows of the transactions in [from_transaction, to_transaction); anchors chain among themselves."""

    at = models.DateTimeField()
    from_transaction = models.BigIntegerField()
    to_transaction = models.BigIntegerField()
    row_count = models.PositiveIntegerField()
    rows_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "core_history_anchor"
        constraints = [models.UniqueConstraint(fields=["from_transaction"], name="history_is_sealed_once")]
