import pytest
from django.contrib.gis.db.models import Union

from core.actor import SYSTEM
from core.errors import Forbidden, Invalid
from core.history.record import of_subject
from grids.actions.areas import create_area, edit_area
from grids.errors import DuplicateCode, SelfCrossingBoundary
from grids.models import Area, AreaBoundary, MapDataset
from grids.rules.codes import default_label, is_well_formed
from tests.grids.town import DISTRICT, Town, actor, bow_tie, box


@pytest.mark.parametrize("level", ["district", "street", "community"])
def test_children_tile_their_parent(town: Town, level: str) -> None:
    parents = Area.objects.filter(level=level)
    outlines = AreaBoundary.objects.filter(validity__endswith=None)
    for parent in parents:
        whole = outlines.get(area=parent).geometry
        children = outlines.filter(area__parent=parent).aggregate(together=Union("geometry"))["together"]
        assert children.sym_difference(whole).area < 1e-12


def test_every_area_knows_its_own_ancestors(town: Town) -> None:
    grid = town[f"{DISTRICT}.002.001.g002"]
    assert grid.district_id == town[DISTRICT].pk
    assert grid.street_id == town[f"{DISTRICT}.002"].pk
    assert grid.community_id == town[f"{DISTRICT}.002.001"].pk
    assert grid.grid_id == grid.pk


@pytest.mark.parametrize(
    ("level", "code", "label"),
    [
        ("district", "329905", "05"),
        ("street", "329905008", "008"),
        ("community", "329905008003", "003"),
        ("grid", "329905008003G007", "g007"),
        ("micro_grid", "329905008003G00712", "12"),
    ],
)
def test_a_code_suggests_the_label_of_its_level(level: str, code: str, label: str) -> None:
    assert is_well_formed(level, code)
    assert default_label(level, code) == label


@pytest.mark.parametrize(
    ("level", "code"),
    [("city", "329905"), ("street", "32990508"), ("community", "32990500800A"), ("grid", "329905008003")],
)
def test_a_malformed_code_is_recognised(level: str, code: str) -> None:
    assert not is_well_formed(level, code)


def test_a_street_may_carry_the_digits_of_another_district(town: Town) -> None:
    zone = create_area(
        code="329907401", name="高新区", level="street", parent=town[DISTRICT], boundary=box(4, 0, 5, 1), actor=SYSTEM
    )
    assert zone.path == f"{DISTRICT}.401"
    assert zone.district_id == town[DISTRICT].pk


def test_a_self_crossing_outline_is_refused_and_nothing_is_written(town: Town) -> None:
    before = Area.objects.count(), AreaBoundary.objects.count(), MapDataset.objects.get(name="areas").stamp
    with pytest.raises(SelfCrossingBoundary) as refusal:
        create_area(
            code="329905003", name="新街道", level="street", parent=town[DISTRICT], boundary=bow_tie(), actor=SYSTEM
        )
    assert refusal.value.extra["lng"] == pytest.approx(118.01)
    assert (Area.objects.count(), AreaBoundary.objects.count(), MapDataset.objects.get(name="areas").stamp) == before


def test_a_code_is_given_once(town: Town) -> None:
    with pytest.raises(DuplicateCode, match="莫澜湖街道"):
        create_area(
            code="329905001", name="重名", level="street", parent=town[DISTRICT], boundary=box(4, 0, 5, 1), actor=SYSTEM
        )


def test_a_label_is_given_once_under_a_parent(town: Town) -> None:
    with pytest.raises(Invalid):
        create_area(
            code="329907001", name="重标", level="street", parent=town[DISTRICT], boundary=box(4, 0, 5, 1), actor=SYSTEM
        )


def test_a_level_needs_the_level_above_as_parent(town: Town) -> None:
    with pytest.raises(Invalid):
        create_area(
            code="329905001009",
            name="错层",
            level="community",
            parent=town[DISTRICT],
            boundary=box(4, 0, 5, 1),
            actor=SYSTEM,
        )


def test_only_a_tree_administrator_of_the_place_adds_areas(town: Town) -> None:
    other_street = actor("grid_admin", town[f"{DISTRICT}.001"])
    with pytest.raises(Forbidden):
        create_area(
            code="329905002003",
            name="第三社区",
            level="community",
            parent=town[f"{DISTRICT}.002"],
            boundary=box(4, 0, 5, 1),
            actor=other_street,
        )


def test_a_new_area_is_in_the_history(town: Town) -> None:
    row = of_subject("area", town[DISTRICT].pk)[0]
    assert (row.move, row.facts["code"], row.facts["path"]) == ("create", "329905", DISTRICT)


def test_renaming_keeps_code_and_path(town: Town) -> None:
    area = town[f"{DISTRICT}.001"]
    edited = edit_area(
        area_id=area.pk,
        version=area.version,
        actor=actor("grid_admin", town[DISTRICT]),
        name="新湖街道",
        households=900,
    )
    assert (edited.name, edited.households, edited.code, edited.path) == ("新湖街道", 900, area.code, area.path)
    assert [row.move for row in of_subject("area", area.pk)] == ["create", "edit"]
