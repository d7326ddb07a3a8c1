"""What somebody is to be told, before it is known who exactly that is."""

from django.db import models


class Notice(models.Model):
    """One row beside the change it tells about, in its transaction; a task turns it into messages and deletes it.

    `addressees` are words of `notify.addressees`, `values` fill the text of the kind. `actor_id` is never told.
    """

    kind = models.CharField(max_length=48)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    addressees = models.JSONField()
    values = models.JSONField(default=dict)
    is_urgent = models.BooleanField(default=False)
    actor_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"
