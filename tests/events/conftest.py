from collections.abc import Iterator

import pytest

from core.redis import client as redis_client
from core.redis import key
from events.models import PublicRules
from events.queries.catalogue import forget
from tests.events.public import BITS
from tests.events.stage import Stage, build_stage


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


@pytest.fixture
def public_rules(stage: Stage) -> PublicRules:
    """Little work, nobody has to wait before sending, and nothing was counted before."""
    for name in redis_client().scan_iter(key("throttle", "*")):
        redis_client().delete(name)
    return PublicRules.objects.create(proof_bits=BITS, minimum_seconds=0)
