"""What saved views take and give over HTTP."""

from typing import Any

from rest_framework import serializers

from accounts.models import SavedView
from accounts.rules.views import LONGEST_NAME, LONGEST_VALUE


class SavedViewQuerySerializer(serializers.Serializer[Any]):
    page = serializers.ChoiceField(choices=SavedView.Page.choices)


class FiltersField(serializers.DictField):
    """The filters as they stand in the page's address."""

    child = serializers.CharField(max_length=LONGEST_VALUE)


class SavedViewInputSerializer(serializers.Serializer[Any]):
    page = serializers.ChoiceField(choices=SavedView.Page.choices)
    name = serializers.CharField(max_length=LONGEST_NAME)
    query = FiltersField()


class SavedViewChangeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    query = FiltersField(required=False)
    shared = serializers.BooleanField(required=False, help_text="give a link, or take it back")


class SavedViewSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    page = serializers.ChoiceField(choices=SavedView.Page.choices)
    name = serializers.CharField()
    query = serializers.DictField(child=serializers.CharField())
    gone = serializers.ListField(
        child=serializers.CharField(), help_text="filters that the page does not have any more"
    )
    link = serializers.CharField(help_text="empty where it is not shared")


class SavedViewListSerializer(serializers.Serializer[Any]):
    items = SavedViewSerializer(many=True)


class SharedViewSerializer(serializers.Serializer[Any]):
    page = serializers.ChoiceField(choices=SavedView.Page.choices)
    name = serializers.CharField()
    query = serializers.DictField(child=serializers.CharField())
    gone = serializers.ListField(child=serializers.CharField())
    by = serializers.CharField()
