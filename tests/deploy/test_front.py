"""nginx's configuration is complete, and one template serves every place."""

import json
import re
from pathlib import Path

import pytest

from deploy.local import front
from deploy.local.place import Place
from deploy.local.ports import Ports


@pytest.fixture
def template() -> str:
    return front.TEMPLATE.read_text()


def test_every_name_of_the_template_is_filled(template: str) -> None:
    assert "{{" not in front.render(template, front.CONTAINER)


def test_a_forgotten_value_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="listen"):
        front.render(template, {name: value for name, value in front.CONTAINER.items() if name != "listen"})


def test_folders_with_spaces_are_quoted(tmp_path: Path) -> None:
    place = Place(root=tmp_path / "a b", var=tmp_path / "a b" / "var")
    place.make_folders()
    ports = Ports(place.var / "ports.json")
    ports.choose(["front", "web", "live", "viewing"])
    text = front.write(place, ports).read_text()
    assert f'alias "{place.media}"/;' not in text
    assert f'alias "{place.media}/";' in text


def test_no_page_may_load_from_another_host(template: str) -> None:
    policies = re.findall(r'Content-Security-Policy "([^"]+)"', template)
    assert len(policies) == 1
    assert "default-src 'self'" in policies[0]
    assert "http" not in policies[0]


def test_problem_documents_are_json(template: str) -> None:
    bodies = re.findall(r"return \d+ '(\{.+\})';", template)
    codes = {json.loads(body)["code"] for body in bodies}
    assert codes == {"file_too_large", "unavailable"}
