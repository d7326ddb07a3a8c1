"""A site brings its own detector: told, sent, tried apart, shown, switched on; and everything that is refused, why."""

import json
import pickle
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from accounts.roles import Role
from core.models import HistoryRow
from tests.events.stage import OTHER_STREET, browser
from tests.factories import person_with
from tests.grids.town import DISTRICT
from tests.video import factories
from tests.video.onnx_files import SIDE, cells, planted, saved, with_convolution
from video.actions.model_trials import run_apart, try_model
from video.actions.own_models import send_model, tell_of_model
from video.detectors.loading import load_detector
from video.detectors.own import read_own
from video.errors import ModelRefused
from video.models import ModelUse, OwnModel
from video.pipeline.model_trial import Job, encoded
from video.queries.plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("video")]

LABELS = ["person", "", "dog"]
BODY = {"name": "site-detector", "labels": LABELS, "licence": "Apache-2.0", "origin": "own training, 2026"}


@pytest.fixture
def folder(model_dir, clips, tmp_path, settings):
    """A model folder of its own, with the shipped models and clips at hand."""
    models = tmp_path / "models"
    models.mkdir()
    for path in model_dir.glob("*.*"):
        (models / path.name).symlink_to(path)
    (tmp_path / "clips").symlink_to(clips)
    settings.MODEL_DIR, settings.MEDIA_ROOT = models, tmp_path / "media"
    return models


@pytest.fixture
def admin(stage):
    return person_with(Role.SYSTEM_ADMIN, area=stage.town[DISTRICT])


def seeing(column: int = 3, row: int = 4) -> list[np.ndarray]:
    rows = np.zeros((1, 4 + len(LABELS), cells()), np.float32)
    rows[0, :, row * (SIDE // 8) + column] = (28.0, 36.0, 32.0, 40.0, 0.1, 0.0, 0.72)
    return [rows]


def told(client, **fields):
    return client.post("/api/v1/models", BODY | fields, format="json").json()


def send(client, model_id: int, content: bytes, **extra):
    return client.put(f"/api/v1/models/{model_id}/file", content, content_type="application/octet-stream", **extra)


def row_of(client, name: str = "site-detector"):
    return next(row for row in client.get("/api/v1/models").json()["items"] if row["name"] == name)


def tried(client, content: bytes, **fields):
    """The row after the whole of telling, sending and trying."""
    model_id = told(client, **fields)["id"]
    assert send(client, model_id, content).status_code == 202
    model = OwnModel.objects.get(pk=model_id)
    try_model(model.pk, model.version)
    return row_of(client)


def verdict_on(path: Path, folder: Path, **fields) -> dict[str, Any]:
    place = folder / "work"
    place.mkdir()
    job = Job(str(path), str(place), str(folder), fields.pop("labels", LABELS), **fields)
    return run_apart(encoded(job, [np.zeros((120, 160, 3), np.uint8)]))


def test_a_model_is_told_sent_tried_shown_and_switched_on(folder, admin, tmp_path):
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    assert (row["state"], row["reason"], row["trial"]["layout"]) == ("tried", "", "yolov8")
    assert (row["trial"]["looked_at"], row["trial"]["found"], row["trial"]["hidden"]) == (12, 12, True)
    shown = row["trial"]["pictures"][0]
    assert shown["boxes"][0]["label"] == "dog"
    picture = client.get(shown["url"])
    assert (picture.status_code, b"".join(picture)[:2]) == (200, b"\xff\xd8")
    on = client.post(f"/api/v1/models/{row['id']}/switch", {"on": True, "version": row["version"]}, format="json")
    assert (on.status_code, on.json()["state"], [move["move"] for move in on.json()["allowed_moves"]]) == (
        200,
        "on",
        ["switch_off"],
    )


def test_workers_load_a_switched_on_model_by_its_name(folder, admin, tmp_path, django_capture_on_commit_callbacks):
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/api/v1/models/{row['id']}/switch", {"on": True}, format="json")
    detector = load_detector(folder, "site-detector")
    assert ([model.name for model in read_own(folder)], detector.labels) == (["site-detector"], ("person", "dog"))


def test_a_choice_for_a_camera_decides_which_detector_answers_for_which_word(
    folder, admin, stage, tmp_path, django_capture_on_commit_callbacks
):
    camera = factories.camera()
    factories.zone(camera, stage.kind.code)
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/api/v1/models/{row['id']}/switch", {"on": True}, format="json")
    choice = {"model": "site-detector", "camera": camera.pk}
    answer = client.post("/api/v1/model-uses", choice, format="json")
    _, plan = plans_of({camera.pk: 1})[camera.pk]
    assert (answer.status_code, ModelUse.objects.count()) == (200, 1)
    assert [(model.name, "person" in model.words) for model in plan.models] == [("site-detector", True)]


def test_int8_is_made_on_the_sites_own_pictures_and_compared(folder, admin, tmp_path):
    content = with_convolution(tmp_path / "sent.onnx", seeing()).read_bytes()
    trial = tried(browser(admin), content, calibrate=True)["trial"]
    assert (trial["looked_at"], float(trial["int8"])) == (40, 1.0)


def test_a_model_of_other_classes_is_refused_with_what_was_found(folder, admin, tmp_path):
    row = tried(browser(admin), planted(tmp_path / "sent.onnx", seeing()).read_bytes(), labels=["person"])
    assert (row["state"], row["reason"], row["trial"]) == ("refused", "unknown_layout", None)
    assert "5 values a cell are needed for 1 classes, found 7" in row["detail"]


def test_a_chosen_layout_that_does_not_fit_is_refused(folder, admin, tmp_path):
    row = tried(browser(admin), planted(tmp_path / "sent.onnx", seeing()).read_bytes(), layout="ssd")
    assert (row["state"], row["reason"]) == ("refused", "unknown_layout")


def test_a_refused_model_cannot_be_switched_on(folder, admin, tmp_path):
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes(), labels=["person"])
    answer = client.post(f"/api/v1/models/{row['id']}/switch", {"on": True}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "move_not_allowed")


def torch_file() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("best/data.pkl", pickle.dumps({"model": 1}))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (torch_file(), "pickle_inside"),
        (pickle.dumps({"weights": [1.0]}), "pickle_inside"),
        (b"<!DOCTYPE html><title>404</title>", "not_onnx"),
        (b"version https://git-lfs.github.com/spec/v1", "not_onnx"),
        (b"\x89HDF\r\n\x1a\n" + bytes(64), "not_onnx"),
        (b"", "nothing_sent"),
    ],
)
def test_what_is_no_model_is_refused_at_sight_and_not_kept(folder, admin, content, reason):
    client = browser(admin)
    answer = send(client, told(client)["id"], content)
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (422, "model_refused", reason)
    assert (list((folder / "own" / "sent").iterdir()), row_of(client)["state"]) == ([], "awaiting")


def test_an_upload_that_breaks_off_leaves_the_model_that_was_there(folder, admin, tmp_path):
    client = browser(admin)
    content = planted(tmp_path / "sent.onnx", seeing()).read_bytes()
    row = tried(client, content)
    with pytest.raises(ModelRefused) as refused:
        send_model(model_id=row["id"], stream=BytesIO(content[:-9]), announced=len(content), actor=admin.as_actor())
    assert refused.value.extra["reason"] == "cut_off"
    assert (row_of(client)["state"], len(list((folder / "own" / "sent").iterdir()))) == ("tried", 1)


def test_two_gigabytes_are_refused_before_anything_is_read(folder, admin):
    client = browser(admin)
    answer = send(client, told(client)["id"], b"\x08", CONTENT_LENGTH=str(2 << 30))
    assert (answer.status_code, answer.json()["code"]) == (413, "model_too_large")
    assert ("256 MB" in answer.json()["detail"], (folder / "own").exists()) == (True, False)


def test_a_body_that_grows_past_the_limit_is_cut_off_and_not_kept(folder, admin, settings):
    settings.MODEL_UPLOAD_MAX_BYTES = 1 << 20
    client = browser(admin)
    answer = send(client, told(client)["id"], b"\x08" * (3 << 20), CONTENT_LENGTH="")
    assert answer.status_code in (413, 422)
    assert list((folder / "own").rglob("*.onnx")) == []


def test_weights_in_another_file_are_refused(folder, tmp_path):
    path = planted(tmp_path / "sent.onnx", seeing())
    onnx.save(onnx.load(str(path)), str(path), save_as_external_data=True, location="weights.bin", size_threshold=0)
    verdict = verdict_on(path, folder)
    assert (verdict["code"], "another file" in verdict["detail"]) == ("external_data", True)


def test_an_operation_from_elsewhere_is_refused(folder, tmp_path):
    image = helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, SIDE, SIDE])
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, None)
    node = helper.make_node("Open", ["images"], ["out"], domain="evil.example")
    path = saved(helper.make_graph([node], "g", [image], [out]), tmp_path / "sent.onnx", domains=("evil.example",))
    verdict = verdict_on(path, folder)
    assert (verdict["code"], verdict["detail"]) == (
        "custom_ops",
        "operation evil.example::Open is not part of ONNX",
    )


def test_a_pickle_among_the_constants_is_refused(folder, tmp_path):
    path = planted(tmp_path / "sent.onnx", seeing())
    model = onnx.load(str(path))
    hidden = np.frombuffer(pickle.dumps({"run": "me"}), np.uint8)
    model.graph.initializer.append(numpy_helper.from_array(hidden, "notes"))
    onnx.save(model, str(path))
    assert verdict_on(path, folder)["code"] == "pickle_inside"


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ([1, 4, SIDE, SIDE], "3 planes"),
        ([1, 3, SIDE], "four dimensions"),
        ([1, 3, 8, 8], "32 to 4096 pixels"),
    ],
)
def test_an_input_that_is_no_picture_is_refused(folder, tmp_path, shape, said):
    image = helper.make_tensor_value_info("images", TensorProto.FLOAT, shape)
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)
    graph = helper.make_graph([helper.make_node("Identity", ["images"], ["out"])], "g", [image], [out])
    verdict = verdict_on(saved(graph, tmp_path / "sent.onnx"), folder)
    assert (verdict["code"], said in verdict["detail"]) == ("wrong_input", True)


def test_noise_in_the_shape_of_a_file_is_refused(folder, tmp_path):
    path = tmp_path / "sent.onnx"
    path.write_bytes(np.random.default_rng(5).integers(0, 255, 4000).astype(np.uint8).tobytes())
    assert verdict_on(path, folder)["code"] == "not_onnx"


def test_a_trial_that_takes_more_memory_than_allowed_is_ended(folder, tmp_path):
    """Eight gigabytes are asked for in one operation; the process may have six."""
    image = helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, SIDE, SIDE])
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 3, SIDE, SIDE])
    wide = numpy_helper.from_array(np.array([1 << 31], np.int64), "wide")
    nodes = [
        helper.make_node("ConstantOfShape", ["wide"], ["huge"]),
        helper.make_node("ReduceMean", ["huge"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["images", "mean"], ["out"]),
    ]
    path = saved(helper.make_graph(nodes, "g", [image], [out], [wide]), tmp_path / "sent.onnx")
    assert verdict_on(path, folder)["code"] in ("does_not_run", "too_much_memory")


def test_a_trial_that_hangs_is_ended(folder, tmp_path):
    job = Job(str(planted(tmp_path / "sent.onnx", seeing())), str(tmp_path), str(folder), LABELS)
    assert run_apart(encoded(job, []), timeout=0.2) == {"code": "too_slow", "detail": "not done after 0 s"}


def test_a_model_changed_during_its_trial_is_left_alone(folder, admin, tmp_path):
    client = browser(admin)
    model_id = told(client)["id"]
    send(client, model_id, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    model = OwnModel.objects.get(pk=model_id)
    try_model(model_id, model.version - 1)
    assert row_of(client)["state"] == "trying"


def test_everything_done_with_a_model_is_written_down(folder, admin, tmp_path):
    tried(browser(admin), planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    rows = HistoryRow.objects.filter(subject_kind="own_model").order_by("seq")
    assert [row.move for row in rows] == ["tell", "send", "pass"]


def test_a_removed_model_leaves_no_file(folder, admin, tmp_path, django_capture_on_commit_callbacks):
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(f"/api/v1/models/{row['id']}").status_code == 204
    assert [path for path in (folder / "own").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "Mein Modell"}, "name"),
        ({"name": "nanodet-g-416x256"}, "name"),
        ({"labels": ["", ""]}, "labels"),
        ({"labels": ["dog", "dog"]}, "labels"),
        ({"labels": ["人"]}, "labels"),
        ({"licence": " "}, "licence"),
        ({"layout": "mystery"}, "layout"),
        ({"height": 100}, "height"),
    ],
)
def test_what_is_told_wrong_is_named_field_by_field(folder, admin, fields, field):
    answer = browser(admin).post("/api/v1/models", BODY | fields, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_who_sets_up_cameras_sees_models_but_brings_none(folder, stage):
    client = browser(factories.admin_of(stage.town))
    book = client.get("/api/v1/models").json()
    answer = client.post("/api/v1/models", BODY, format="json")
    assert (book["may_edit"], book["items"][0]["state"], answer.status_code) == (False, "ready", 403)


def test_operators_do_not_see_models(folder, stage):
    assert browser(stage.operator).get("/api/v1/models").status_code == 403


def test_a_model_that_is_not_there_is_not_found(folder, admin):
    assert browser(admin).patch("/api/v1/models/999", {"licence": "MIT"}, format="json").status_code == 404


def test_a_choice_of_a_model_that_nobody_knows_is_refused(folder, admin):
    answer = browser(admin).post("/api/v1/model-uses", {"model": "nobody"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "model")


def test_the_list_costs_the_same_however_many_models_there_are(folder, admin, django_assert_max_num_queries):
    for number in range(5):
        tell_of_model(name=f"one-{number}", labels=["dog"], licence="MIT", actor=admin.as_actor())
    client = browser(admin)
    client.get("/api/v1/models")
    with django_assert_max_num_queries(12):
        client.get("/api/v1/models")


def test_a_copyleft_model_is_an_offer_that_names_its_licence(folder, admin, settings):
    row = row_of(browser(admin), "hard-hat-yolo12m")
    assert (row["state"], row["licence"], "MODEL_LICENCES=AGPL-3.0" in row["detail"]) == (
        "not_accepted",
        "AGPL-3.0",
        True,
    )


def test_the_record_of_a_model_is_plain_json(folder, admin, tmp_path, django_capture_on_commit_callbacks):
    client = browser(admin)
    row = tried(client, planted(tmp_path / "sent.onnx", seeing()).read_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/api/v1/models/{row['id']}/switch", {"on": True}, format="json")
    record = json.loads((folder / "own" / "site-detector.json").read_text())
    assert (record["labels"], record["layout"], record["licence"]) == (LABELS, "yolov8", "Apache-2.0")


def test_what_was_chosen_for_a_camera_elsewhere_is_not_told(folder, stage):
    camera = factories.camera()
    ModelUse.objects.create(camera=camera, algorithm="", model="nanodet-plus-m")
    here, elsewhere = (person_with(Role.GRID_ADMIN, area=stage.town[code]) for code in (DISTRICT, OTHER_STREET))
    told_here, told_elsewhere = (browser(user).get("/api/v1/models").json()["uses"] for user in (here, elsewhere))
    assert ([use["camera"] for use in told_here], told_elsewhere) == ([camera.pk], [])
