"""How precise a camera is by each of its algorithms, and whether its findings are confirmed without a person."""

from events.queries.automation_list import figure_shape
from events.queries.camera_figures import camera_figures
from video.models import Camera
from video.rules.algorithms import read_algorithms
from video.shapes import CameraPrecision


def precision_of(camera: Camera, *, english: bool = False) -> list[CameraPrecision]:
    """Five statements, however many zones there are."""
    zones = {zone.pk: zone for zone in camera.zones.all()}
    algorithms = read_algorithms()
    found = []
    for figure in camera_figures(camera.pk, {zone.algorithm for zone in zones.values()}):
        known = algorithms.get(figure.rule)
        whole = figure_shape(figure.whole)
        found.append(
            CameraPrecision(
                algorithm=figure.rule,
                name=known.name["en" if english else "zh"] if known else figure.rule,
                days=figure.days,
                **figure_shape(figure.own),
                whole_sample=whole["sample"],
                whole_lower=whole["lower"],
                asked=figure.asked,
                state=figure.state,  # type: ignore[arg-type]
                is_automatic=figure.is_automatic,
                why_not=figure.why_not,  # type: ignore[arg-type]
                weak_zones=[zones[zone_id].name for zone_id in figure.weak if zone_id in zones],
            )
        )
    return found
