"""What the suggestion of types learns from: the catalogue's own words, and what people wrote of filed events."""

from collections import Counter
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from events.catalogue_files import FOLDER
from events.models import Event, EventType
from events.suggesting.training import Example

SPOKEN = FOLDER / "spoken_words.yaml"
MOST_PER_TYPE = 300
MOST_EVENTS = 8000
SHORTEST = 4


class SpokenWords(BaseModel):
    """The form of `reference_data/spoken_words.yaml`: everyday words by the code of a type."""

    model_config = ConfigDict(extra="forbid")
    words: dict[str, list[Annotated[str, Field(min_length=2, max_length=100)]]]


def spoken_words() -> dict[str, list[str]]:
    return SpokenWords.model_validate(yaml.safe_load(SPOKEN.read_text())).words


def told_of(kind: EventType) -> list[str]:
    """The catalogue's own words of a type, each alone and behind its name."""
    standards = [condition.text for condition in kind.conditions.all()]
    if kind.filing_standard:
        standards.append(kind.filing_standard)
    return [kind.name, f"{kind.main_class} {kind.name}", *standards, *(f"{kind.name} {text}" for text in standards)]


def examples() -> list[Example]:
    """Names, conditions, standards and everyday words of the current types; then the newest filed events, whose type an
    acceptor has settled, at most `MOST_PER_TYPE` of a type. Read in batches.
    """
    found, spoken = [], spoken_words()
    current = set()
    for kind in EventType.objects.current().prefetch_related("conditions"):
        current.add(kind.code)
        texts = [*told_of(kind), *spoken.get(kind.code, ())]
        found += [Example(text, kind.code, from_event=False) for text in texts]
    counted: Counter[str] = Counter()
    filed = Event.objects.filter(was_filed=True).exclude(state="cancelled").order_by("-reported_at", "-id")
    for code, text in filed.values_list("type_code", "description").iterator(chunk_size=2000):
        if code in current and len(text) >= SHORTEST and counted[code] < MOST_PER_TYPE:
            counted[code] += 1
            found.append(Example(text, code, from_event=True))
        if counted.total() >= MOST_EVENTS:
            break
    return found
