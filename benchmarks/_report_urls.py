"""The platform's addresses, and one more: a bare DRF create with one insert, as any such project begins."""

from typing import ClassVar

from django.db import models
from django.urls import path
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from config.urls import urlpatterns as platform


class Note(models.Model):
    text = models.TextField()
    lng = models.FloatField()
    lat = models.FloatField()

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_note"
        managed = False

    def __str__(self) -> str:
        return self.text


class NoteSerializer(serializers.ModelSerializer[Note]):
    class Meta:
        model = Note
        fields = ("id", "text", "lng", "lat")


class BareCreateView(generics.CreateAPIView[Note]):
    """No session, no permission, no transaction of several steps: parse, validate, insert, render."""

    authentication_classes: ClassVar[list[type]] = []  # type: ignore[misc]
    permission_classes: ClassVar[list[type]] = [AllowAny]  # type: ignore[misc]
    queryset = Note._default_manager.all()
    serializer_class = NoteSerializer


urlpatterns = [path("bench/bare", BareCreateView.as_view()), *platform]
