"""What an event is found by: kept beside the event, so that its moves do not write the index anew."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class EventText(models.Model):
    """The words of an event as `rules.search_terms` takes them apart."""

    event = models.OneToOneField("events.Event", models.CASCADE, primary_key=True, related_name="text")
    words = SearchVectorField()

    class Meta:
        db_table = "events_event_text"
        verbose_name = verbose_name_plural = "案件检索"
        indexes = [GinIndex(fields=["words"], name="events_by_their_words")]

    def __str__(self) -> str:
        return str(self.pk)
