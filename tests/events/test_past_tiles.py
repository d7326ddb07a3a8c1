"""Past events on the map: ended ones, inside one's sight."""

import pytest

from accounts.roles import Role
from registry.rules.place_keys import cell_of
from tests.events.stage import HERE, OTHER_STREET, Stage, browser
from tests.factories import person_with
from tests.registry.mvt import features

ZOOM = 15
ADDRESS = "/tiles/past-events/{}/{}/{}.mvt".format(ZOOM, *cell_of(*HERE, ZOOM))


@pytest.fixture
def past(stage: Stage) -> int:
    stage.event_in("handling")
    return int(stage.event_in("closed").pk)


def test_only_what_is_over_stands_in_the_tile(stage: Stage, past: int) -> None:
    answer = browser(stage.acceptor).get(ADDRESS)
    assert [feature["tags"]["event"] for feature in features(answer.content, "past_events")] == [past]


def test_what_lies_outside_ones_sight_is_not_in_the_tile(stage: Stage, past: int) -> None:
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET], unit=stage.centre)
    assert features(browser(stranger).get(ADDRESS).content, "past_events") == []


def test_the_tile_of_one_person_is_not_that_of_another(stage: Stage, past: int) -> None:
    etag = browser(stage.acceptor).get(ADDRESS).headers["ETag"]
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET], unit=stage.centre)
    assert browser(stage.acceptor).get(ADDRESS, headers={"if-none-match": etag}).status_code == 304
    assert browser(stranger).get(ADDRESS, headers={"if-none-match": etag}).status_code == 200
