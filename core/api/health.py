"""GET /health: for people, the front end and whatever watches the site. Answers also while a store is stopped."""

from typing import Any

import redis
from django.contrib.auth import get_user
from django.db import DatabaseError, InterfaceError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import health


class StoreSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.ChoiceField(["up", "slow", "down"])
    detail = serializers.CharField()
    error = serializers.CharField(required=False, help_text="for signed-in staff")


class ProcessSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.ChoiceField(["up", "late", "down"])
    since = serializers.DateTimeField(allow_null=True)
    last_seen = serializers.DateTimeField(allow_null=True)
    detail = serializers.DictField()
    host = serializers.CharField(required=False, allow_null=True, help_text="for signed-in staff")
    pid = serializers.IntegerField(required=False, allow_null=True, help_text="for signed-in staff")


class FailingCameraSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    state = serializers.CharField()
    detail = serializers.CharField()


class DevicesSerializer(serializers.Serializer[Any]):
    online = serializers.IntegerField()
    failing = FailingCameraSerializer(many=True)


class ModelSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.CharField()
    detail = serializers.CharField()


class HealthSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(["ok", "degraded", "down"])
    at = serializers.DateTimeField()
    stores = StoreSerializer(many=True)
    processes = ProcessSerializer(many=True)
    cameras = DevicesSerializer(required=False)
    models = ModelSerializer(many=True, required=False)


class HealthView(APIView):
    """503 while a store is down, so that a balancer understands it too."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(operation_id="health", responses={200: HealthSerializer, 503: HealthSerializer})
    def get(self, request: Request) -> Response:
        report = health.report()
        body = report.body if self._is_staff(request) else health.public(report.body)
        answer = Response(body, status=503 if report.status == "down" else 200)
        answer["Cache-Control"] = "no-store"
        return answer

    @staticmethod
    def _is_staff(request: Request) -> bool:
        """Nobody is, while the database cannot tell."""
        try:
            user = get_user(request._request)  # this view authenticates nobody, so that it needs no database
            return bool(user.is_authenticated and user.is_active and user.is_staff)
        except (DatabaseError, InterfaceError, redis.RedisError):
            return False
