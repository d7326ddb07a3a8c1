"""What the catalogue's API takes in. What a value may be is said by `rules.type_faults`, for forms and sheets alike."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from events.rules.type_content import ConditionContent, TypeContent
from events.sheets.understanding import free_code

Input = serializers.Serializer[Any]


class Word(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "allow_blank": True, **kwargs})


class CatalogueConditionInput(Input):
    code = Word(required=False, default="", help_text="empty for a new condition: it gets one")
    text = Word(max_length=400)
    closing_standard = Word(max_length=600, required=False, default="")
    limit_type = Word()
    limit_amount = serializers.DecimalField(max_digits=14, decimal_places=6)


class CatalogueTypeInput(Input):
    name = Word(max_length=120)
    category = Word()
    main_class = Word()
    sub_code = Word()
    report_group = Word()
    default_level = serializers.IntegerField(min_value=1, max_value=4, required=False, default=4)
    default_unit_code = Word()
    scenario_code = Word(required=False, default="")
    check_mode = Word(required=False, default="on_site")
    filing_standard = Word(max_length=1000, required=False, default="")
    needs_before_photo = serializers.BooleanField(required=False, default=False)
    needs_after_photo = serializers.BooleanField(required=False, default=True)
    needs_check_photo = serializers.BooleanField(required=False, default=False)
    verification_advised = serializers.BooleanField(required=False, default=False)
    allows_self_handling = serializers.BooleanField(required=False, default=False)
    position = serializers.IntegerField(min_value=0, max_value=9999, required=False, default=0)
    conditions = serializers.ListField(child=CatalogueConditionInput(), max_length=50)
    note = Word(max_length=200, required=False, default="")


class CatalogueCreateInput(CatalogueTypeInput):
    code = Word()


class CatalogueChangeInput(CatalogueTypeInput):
    version = serializers.IntegerField(min_value=1)


class CatalogueRetireInput(Input):
    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=200)


class CatalogueRestoreInput(Input):
    version = serializers.IntegerField(min_value=1)
    note = Word(max_length=200, required=False, default="")


class MainClassInput(Input):
    category = Word()
    code = Word()
    name = Word()
    note = Word(max_length=200, required=False, default="")


class RenameMainClassInput(Input):
    version = serializers.IntegerField(min_value=1)
    name = Word()
    note = Word(max_length=200, required=False, default="")


class ImportPreviewInput(Input):
    file = serializers.FileField()
    retire_missing = serializers.BooleanField(required=False, default=False)


class ImportApplyInput(ImportPreviewInput):
    fingerprint = serializers.CharField(max_length=64)
    note = Word(max_length=200, required=False, default="")


def content_from(code: str, values: dict[str, Any]) -> TypeContent:
    """The content that a form sends; conditions without a code get a free one."""
    known = {one["code"] for one in values["conditions"] if one["code"]}
    conditions = []
    for one in values["conditions"]:
        own = one["code"] or free_code(known)
        known.add(own)
        amount: Decimal = one["limit_amount"]
        conditions.append(
            ConditionContent(
                own, one["text"].strip(), one["limit_type"], amount, closing_standard=one["closing_standard"].strip()
            )
        )
    rest = {key: value for key, value in values.items() if key not in ("conditions", "note", "version", "code")}
    return TypeContent(code=code, conditions=tuple(conditions), **rest)
