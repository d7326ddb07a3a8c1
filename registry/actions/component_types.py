"""Following the catalogue: part sub classes become kinds of components."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from registry.models import ComponentType


@dataclass(frozen=True)
class PartClass:
    """A part sub class as the catalogue has it."""

    code: str
    number: str
    name: str
    main_class: str
    department_code: str


@transaction.atomic
def follow_catalogue(parts: Iterable[PartClass]) -> int:
    """These are the part classes there are now; the others are retired. The number of kinds that changed."""
    known = {kind.code: kind for kind in ComponentType.objects.select_for_update()}
    changed = 0
    told = set()
    for part in parts:
        told.add(part.code)
        kind = known.get(part.code, ComponentType(code=part.code))
        values = {**vars(part), "is_current": True}
        if any(getattr(kind, name) != value for name, value in values.items()) or kind._state.adding:
            for name, value in values.items():
                setattr(kind, name, value)
            kind.save()
            changed += 1
    gone = [kind.pk for code, kind in known.items() if code not in told and kind.is_current]
    return changed + ComponentType.objects.filter(pk__in=gone).update(is_current=False)
