"""How far the relay has moved the outbox."""

from django.db import models


class RelayPosition(models.Model):
    """The last stream id written, kept outside Redis: a stream that ends before it has lost data (one row, id 1)."""

    last_id = models.CharField(max_length=48, default="0-0")

    class Meta:
        db_table = "core_relay_position"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_relay_position")]

    def __str__(self) -> str:
        return self.last_id
