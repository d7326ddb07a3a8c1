from collections.abc import Iterator

import pytest

from events.queries.catalogue import forget
from tests.events.stage import Stage, build_stage


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()
