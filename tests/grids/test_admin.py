import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from grids.models import Area, AreaBoundary, MapFeature, MapView
from tests.grids.town import DISTRICT, Town, at, bow_tie, box, person

GRID = f"{DISTRICT}.001.001.g001"
OTHER_HOST = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


@pytest.fixture
def administrator(town: Town) -> Client:
    user: User = person("sysadmin", "system_admin", town[DISTRICT])
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def form_of(area: Area, **changed: str) -> dict[str, str]:
    outline = AreaBoundary.objects.get(area=area, validity__endswith=None).geometry.json
    inline = {f"boundaries-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    fields = {"name": area.name, "households": "300", "label_point": area.label_point.json, "boundary": outline}
    return inline | fields | changed


def test_no_page_with_a_map_names_another_host(administrator: Client, town: Town) -> None:
    view = MapView.objects.create(area=town[DISTRICT], center_name="指挥中心", center=town[DISTRICT].label_point)
    pond = MapFeature.objects.create(kind="water", feature_class="lake", name="湖", geometry=box(0, 0, 1, 1))
    pages = [
        reverse("admin:grids_area_add"),
        reverse("admin:grids_area_change", args=[town[GRID].pk]),
        reverse("admin:grids_mapview_change", args=[view.pk]),
        reverse("admin:grids_mapfeature_change", args=[pond.pk]),
        reverse("admin:registry_building_add"),
    ]
    for page in pages:
        html = administrator.get(page).content.decode()
        assert "admin-map/admin-map.js" in html
        assert not OTHER_HOST.search(html)


def test_moving_a_border_in_the_admin_makes_a_new_version(administrator: Client, town: Town) -> None:
    grid = town[GRID]
    url = reverse("admin:grids_area_change", args=[grid.pk])
    answer = administrator.post(url, form_of(grid, boundary=box(0, 0, 0.5, 1).json, name="一号网格"))
    assert answer.status_code == 302
    assert list(grid.boundaries.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert Area.objects.get(pk=grid.pk).name == "一号网格"


def test_saving_without_moving_the_border_keeps_the_version(administrator: Client, town: Town) -> None:
    grid = town[GRID]
    administrator.post(reverse("admin:grids_area_change", args=[grid.pk]), form_of(grid, name="一号网格"))
    assert grid.boundaries.count() == 1


def test_an_outline_that_crosses_itself_is_shown_as_a_fault_of_the_form(administrator: Client, town: Town) -> None:
    grid = town[GRID]
    url = reverse("admin:grids_area_change", args=[grid.pk])
    page = administrator.post(url, form_of(grid, boundary=bow_tie().json)).content.decode()
    assert "自相交" in page
    assert grid.boundaries.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"boundary": "nonsense"}, "不是有效的 GeoJSON"),
        ({"boundary": '{"type":"Point","coordinates":[118,32]}'}, "图形类型不符"),
        ({"code": "12"}, "代码应为"),
        ({"code": "329905001"}, "代码"),
    ],
)
def test_bad_input_for_a_new_area_is_shown_on_the_form(
    administrator: Client, town: Town, changed: dict[str, str], words: str
) -> None:
    before = Area.objects.count()
    fields = form_of(
        town[GRID], code="329905003", level="street", name="新街道", parent=str(town[DISTRICT].pk), label=""
    )
    page = administrator.post(reverse("admin:grids_area_add"), fields | {"label_point": ""} | changed)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert Area.objects.count() == before


def test_a_new_area_comes_with_its_outline(administrator: Client, town: Town) -> None:
    fields = form_of(
        town[GRID], code="329905003", level="street", name="新街道", parent=str(town[DISTRICT].pk), label=""
    )
    answer = administrator.post(
        reverse("admin:grids_area_add"), fields | {"label_point": "", "boundary": box(4, 0, 5, 1).json}
    )
    assert answer.status_code == 302
    street = Area.objects.get(code="329905003")
    assert street.path == f"{DISTRICT}.003"
    assert (street.label_point.x, street.label_point.y) == pytest.approx(at(4.5, 0.5))


def test_a_grid_administrator_of_another_place_is_refused_with_words(town: Town) -> None:
    user = person("other", "grid_admin", town[f"{DISTRICT}.002"])
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    url = reverse("admin:grids_area_change", args=[town[GRID].pk])
    page = client.post(url, form_of(town[GRID], name="改名"), follow=True).content.decode()
    assert "当前岗位不能进行此操作" in page
    assert Area.objects.get(pk=town[GRID].pk).name == "1号网格"


def test_an_area_is_never_deleted(administrator: Client, town: Town) -> None:
    assert administrator.post(reverse("admin:grids_area_delete", args=[town[GRID].pk])).status_code == 403
