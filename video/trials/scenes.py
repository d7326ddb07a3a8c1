"""The composed scenes: what happens in each, drawn to the moments that the ground truth names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from video.trials.material import HEIGHT, WIDTH, Material, Walker
from video.trials.sprites import Picture, Sprite
from video.trials.stage import RATE, Actor, Layer, Path, Scene, View

Moments = Mapping[str, float]
_NEAR = View(x=235, y=126, zoom=1.55)
_VAN_TO_PERSON, _BICYCLE_TO_PERSON = 1.45, 0.78
_SHORE = ((0, 168), (90, 178), (145, 192), (200, 207), (250, 222), (300, 250), (350, 275), (400, 300))
_COLOURS = ((1.0, 1.0, 1.0), (0.45, 0.5, 0.95), (0.95, 0.7, 0.5), (0.42, 0.42, 0.45), (0.6, 0.85, 0.65))


def person_tall(y: float) -> float:
    """How tall people are in the courtyard picture where their feet are at `y`, measured on the real ones."""
    return 27.0 + 0.142 * max(0.0, y - 45.0)


def van_tall(y: float) -> float:
    return person_tall(y) * _VAN_TO_PERSON


def bicycle_tall(y: float) -> float:
    return person_tall(y) * _BICYCLE_TO_PERSON


def _walker(material: Material, number: int) -> Walker:
    return material.walkers[number % len(material.walkers)]


def _facing(walker: Walker, right: bool) -> list[Sprite]:
    return walker.steps if walker.goes_right == right else [step.mirrored() for step in walker.steps]


def _passer(material: Material, number: int, starts: float, y: float, right: bool, seconds: float = 22.0) -> Actor:
    """Somebody who crosses the picture."""
    x0, x1 = (-20.0, WIDTH + 20.0) if right else (WIDTH + 20.0, -20.0)
    shapes = _facing(_walker(material, number), right)
    return Actor(shapes, ((starts, x0, y), (starts + seconds, x1, y)), person_tall, until=starts + seconds)


def _comer(material: Material, number: int, starts: float, arrives: float, x: float, y: float) -> Actor:
    """Somebody who comes from the nearer side and stays."""
    right = x < WIDTH / 2
    path = ((starts, -15.0 if right else WIDTH + 15.0, y + 4), (arrives, x, y))
    return Actor(_facing(_walker(material, number), right), path, person_tall, fidgets=True, shift=number * 0.7)


def _van(material: Material, path: Path, colour: int = 0, until: float = float("inf")) -> Actor:
    return Actor([material.van.tinted(*_COLOURS[colour % len(_COLOURS)])], path, van_tall, until=until)


def _passers(material: Material, seconds: float, y: float = 168.0, every: float = 17.0) -> list[Actor]:
    """Now and then somebody passes behind, to and fro."""
    return [
        _passer(material, 3 + number, 2.0 + number * every, y - 6 * (number % 3), number % 2 == 0)
        for number in range(int((seconds - 20) / every))
    ]


def _water(material: Material) -> Layer:
    """Water where the lawn was, moving a little."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    shore = [*_SHORE, (450, 320), (520, 345), (560, HEIGHT), (0, HEIGHT)]
    cv2.fillPoly(mask, [np.array(shore, np.int32)], 255)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    phases = []
    for number in range(20):
        turn = 2 * np.pi * number / 20
        across = columns + 1.3 * np.sin(rows / 7.0 + turn)
        down = rows + 0.8 * np.sin(columns / 19.0 - turn)
        moved = cv2.remap(
            material.lake, across, down.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        phases.append(np.asarray(moved, np.uint8))

    def draw(canvas: Picture, second: float) -> None:
        cv2.copyTo(phases[int(second * RATE) % len(phases)], mask, canvas)

    return draw


def _plume(begins: float, full: float) -> Layer:
    """Brown water that spreads from the pipe's mouth at the bank."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = np.hypot((columns - 262) / 1.15, (rows - 252) / 1.0)
    ragged = 8 * np.sin(columns / 13) + 6 * np.sin(rows / 9 + columns / 31)
    brown = np.full((HEIGHT, WIDTH, 3), (38, 66, 92), np.uint8)

    def draw(canvas: Picture, second: float) -> None:
        cv2.circle(canvas, (262, 236), 9, (70, 72, 74), -1, cv2.LINE_AA)
        cv2.circle(canvas, (262, 237), 7, (28, 30, 32), -1, cv2.LINE_AA)
        if second < begins:
            return
        reach = 130.0 * min(1.0, (second - begins) / (full - begins))
        share = np.clip((reach - away - ragged) / 30.0, 0, 1) * 0.62
        share[rows < 240] = 0
        share = share.astype(np.float32)
        canvas[:] = cv2.blendLinear(canvas, brown, 1 - share, share)

    return draw


def _cloud(begins: float, gone: float) -> Callable[[float], float]:
    """A fifth of the light goes within six seconds and comes back."""
    return lambda second: 1.0 - 0.2 * max(0.0, min(1.0, (second - begins) / 6, (gone - second) / 6))


def angler_at_the_bank(material: Material, moments: Moments, seconds: float) -> Scene:
    angler = _comer(material, 1, moments["comes"], moments["stands"], 236, 214)
    return Scene(
        material.empty_courtyard, seconds, [angler, *_passers(material, seconds, 150)], [_water(material)], seed=11
    )


def walkers_at_the_bank(material: Material, moments: Moments, seconds: float) -> Scene:
    rests, goes_on = moments["rests"], moments["goes_on"]
    rester = Actor(
        _facing(_walker(material, 1), True),
        ((rests - 10, -15.0, 186.0), (rests, 236.0, 214.0), (goes_on, 236.0, 214.0), (goes_on + 14, 660.0, 320.0)),
        person_tall,
        until=goes_on + 14,
        fidgets=True,
    )
    along = [
        Actor(
            _facing(_walker(material, 5 + number), True),
            ((starts, -15.0, 186.0), (starts + 9, 236.0, 214.0), (starts + 24, 660.0, 322.0)),
            person_tall,
            until=starts + 24,
        )
        for number, starts in enumerate((2.0, 95.0, 124.0, 150.0, 185.0))
    ]
    return Scene(
        material.empty_courtyard,
        seconds,
        [rester, *along, *_passers(material, seconds, 150)],
        [_water(material)],
        seed=12,
    )


_STANDS = (
    *((150, 172), (205, 158), (262, 176), (318, 162), (372, 188), (425, 172), (478, 196), (532, 182), (300, 214)),
    *((352, 240), (410, 226), (462, 256), (520, 238), (575, 262), (500, 300)),
)


def crowd_grows(material: Material, moments: Moments, seconds: float) -> Scene:
    begins, complete = moments["begins"], moments["complete"]
    step = (complete - begins) / len(_STANDS)
    people = [
        _comer(material, number, begins + number * step - 4, begins + (number + 1) * step, x, y)
        for number, (x, y) in enumerate(_STANDS)
    ]
    return Scene(material.empty_courtyard, seconds, people, seed=13)


def crowd_passes(material: Material, moments: Moments, seconds: float) -> Scene:
    talking = [_comer(material, number, 0.0, 3.0 + number, x, y) for number, (x, y) in enumerate(_STANDS[3:9])]
    return Scene(material.empty_courtyard, seconds, [*talking, *_passers(material, seconds, 280, 14)], seed=14)


def _to_and_fro(pictures: list[Picture], second: float) -> Picture:
    """A short shot shown forwards and backwards, so that it lasts."""
    turn = int(second * RATE) % (2 * len(pictures) - 2)
    return pictures[min(turn, 2 * len(pictures) - 2 - turn)]


def _shots(before: list[Picture], after: list[Picture], changes: float) -> Layer:
    def draw(canvas: Picture, second: float) -> None:
        canvas[:] = _to_and_fro(before if second < changes else after, second)

    return draw


def heads_bare(material: Material, moments: Moments, seconds: float) -> Scene:
    shots = _shots(material.street[46:58], material.street[30:42], moments["comes"])
    return Scene(material.street[46], seconds, layers=[shots], seed=15)


def heads_covered(material: Material, moments: Moments, seconds: float) -> Scene:
    shots = _shots(material.street[84:90], material.street[108:132], moments["comes"])
    return Scene(material.street[84], seconds, layers=[shots], seed=16)


_QUEUE = ((560, 128), (520, 168), (600, 182), (480, 222), (590, 246), (520, 300), (622, 330))


def road_full(material: Material, moments: Moments, seconds: float) -> Scene:
    full = moments["full"]
    queue = []
    for number, (x, y) in enumerate(_QUEUE):
        comes = 1.0 + number * (full - 6) / len(_QUEUE)
        creep: list[tuple[float, float, float]] = [(comes, x + 70.0, y + 190.0), (comes + 5, float(x), float(y))]
        # Every twelve seconds a start of a few pixels.
        for turn, second in enumerate(np.arange(full + 8, seconds, 12.0), 1):
            creep += [
                (float(second), creep[-1][1], creep[-1][2]),
                (float(second) + 1.5, x + turn * 0.6, y - turn * 1.5),
            ]
        queue.append(_van(material, creep, number))
    return Scene(material.empty_courtyard, seconds, queue, seed=17)


def road_flows(material: Material, moments: Moments, seconds: float) -> Scene:
    stop, go = moments["stop"], moments["go"]
    passing = []
    for number, starts in enumerate((1.0, 5.0, 9.0, 14.0, 19.0, 58.0, 62.0, 67.0, 71.0, 76.0, 82.0, 88.0)):
        path = ((starts, 660.0, 400.0), (starts + 3.2, 520.0, 190.0), (starts + 6.0, 600.0, 70.0))
        passing.append(_van(material, path, number, until=starts + 6.0))
    for number, (x, y) in enumerate(_QUEUE[:5]):
        halt, starts = stop - 4.0 + number * 0.8, go + number * 0.8
        queue: Path = ((halt - 4, x + 70.0, y + 190.0), (halt, x, y), (starts, x, y), (starts + 4, 600.0, 60.0))
        passing.append(_van(material, queue, number + 2, until=starts + 4))
    return Scene(material.empty_courtyard, seconds, passing, seed=18)


_RACK = ((338, 226), (402, 240), (466, 252), (530, 262), (594, 270))


def _bicycle(material: Material, place: tuple[int, int], comes: float, until: float = float("inf")) -> Actor:
    x, y = place
    return Actor([material.bicycle], ((comes, x + 60.0, y + 70.0), (comes + 3, x, y)), bicycle_tall, until=until)


def bicycles_in_a_row(material: Material, moments: Moments, seconds: float) -> Scene:
    step = (moments["third"] - moments["first"]) / 2
    row = [_bicycle(material, place, moments["first"] + number * step - 3) for number, place in enumerate(_RACK)]
    return Scene(material.empty_courtyard, seconds, [*row, *_passers(material, seconds, 190, 23)], view=_NEAR, seed=19)


def bicycles_come_and_go(material: Material, moments: Moments, seconds: float) -> Scene:
    fetched = moments["fetched"]
    row = [
        _bicycle(
            material, place, moments["first"] + number * 5, until=float("inf") if number in (0, 3) else fetched + number
        )
        for number, place in enumerate(_RACK)
    ]
    return Scene(material.empty_courtyard, seconds, [*row, *_passers(material, seconds, 190, 23)], view=_NEAR, seed=20)


def _stall(material: Material, place: tuple[int, int]) -> Sprite:
    """A table with fruit on it, 78 × 44."""
    table = np.full((44, 78, 3), (64, 84, 104), np.uint8)
    table[:30] = cv2.resize(material.fruit, (78, 60), interpolation=cv2.INTER_AREA)[15:45]
    alpha = np.ones((44, 78), np.float32)
    alpha[34:, 6:34] = alpha[34:, 44:72] = 0.0
    return Sprite(table, alpha)


def stall_on_the_pavement(material: Material, moments: Moments, seconds: float) -> Scene:
    set_down = moments["set_down"]
    stall = Actor([_stall(material, (420, 232))], ((set_down, 420.0, 236.0),), lambda _y: 44.0)
    keeper = _comer(material, 6, set_down - 9, set_down - 1, 352, 222)
    return Scene(material.empty_courtyard, seconds, [stall, keeper, *_passers(material, seconds, 158)], seed=21)


def pavement_free(material: Material, moments: Moments, seconds: float) -> Scene:
    stops, leaves, waits, goes_on = (moments[name] for name in ("stops", "leaves", "waits", "goes_on"))
    delivery = _van(material, _drive(stops, leaves, 440.0, 218.0), 2, until=leaves + 6)
    waiting = Actor(
        _facing(_walker(material, 4), True),
        ((waits - 9, -15.0, 190.0), (waits, 352.0, 214.0), (goes_on, 352.0, 214.0), (goes_on + 10, 660.0, 250.0)),
        person_tall,
        until=goes_on + 10,
        fidgets=True,
    )
    return Scene(material.empty_courtyard, seconds, [delivery, waiting, *_passers(material, seconds, 158)], seed=22)


def _drive(stops: float, leaves: float, x: float, y: float, takes: float = 6.0) -> Path:
    """In from the lower right, a stop at (x, y), and away to the upper right."""
    return (
        (stops - takes, 690.0, 400.0),
        (stops, x, y),
        (leaves, x, y),
        (leaves + 3, 560.0, 118.0),
        (leaves + 6, 640.0, 40.0),
    )


def van_in_the_fire_lane(material: Material, moments: Moments, seconds: float) -> Scene:
    takes = moments["stops"] - moments["comes"]
    van = _van(material, _drive(moments["stops"], 10_000.0, 470.0, 226.0, takes))
    return Scene(material.empty_courtyard, seconds, [van, *_passers(material, seconds, 246, 19)], seed=23)


def van_passes_the_fire_lane(material: Material, moments: Moments, seconds: float) -> Scene:
    takes = moments["stops"] - moments["comes"]
    van = _van(material, _drive(moments["stops"], moments["leaves"], 470.0, 226.0, takes), until=moments["leaves"] + 6)
    waiting = _van(material, ((0.0, 190.0, 176.0),), 1)
    return Scene(material.empty_courtyard, seconds, [van, waiting, *_passers(material, seconds, 246, 19)], seed=24)


def truck_leaves_a_pile(material: Material, moments: Moments, seconds: float) -> Scene:
    stops, leaves = moments["stops"], moments["leaves"]
    truck = _van(material, _drive(stops, leaves, 470.0, 220.0, stops - moments["comes"]), until=leaves + 6)
    # Tipped while the truck hides it.
    heap = Actor([material.heap], ((leaves - 4, 452.0, 219.0),), lambda _y: 44.0)
    return Scene(material.empty_courtyard, seconds, [heap, truck, *_passers(material, seconds, 290, 21)], seed=25)


def truck_leaves_nothing(material: Material, moments: Moments, seconds: float) -> Scene:
    stops, leaves = moments["stops"], moments["leaves"]
    truck = _van(material, _drive(stops, leaves, 470.0, 220.0, stops - moments["comes"]), until=leaves + 6)
    return Scene(
        material.empty_courtyard,
        seconds,
        [truck, *_passers(material, seconds, 290, 21)],
        light=_cloud(60, 110),
        seed=26,
    )


def outfall_discoloured(material: Material, moments: Moments, seconds: float) -> Scene:
    layers = [_water(material), _plume(moments["begins"], moments["full"])]
    return Scene(material.empty_courtyard, seconds, _passers(material, seconds, 160), layers, seed=27)


def outfall_clear(material: Material, moments: Moments, seconds: float) -> Scene:
    layers = [_water(material), _plume(10_000.0, 10_001.0)]
    return Scene(
        material.empty_courtyard,
        seconds,
        _passers(material, seconds, 160),
        layers,
        light=_cloud(moments["cloud"], moments["gone"]),
        seed=28,
    )


SCENES: Mapping[str, Callable[[Material, Moments, float], Scene]] = {
    scene.__name__: scene
    for scene in (
        angler_at_the_bank,
        walkers_at_the_bank,
        crowd_grows,
        crowd_passes,
        heads_bare,
        heads_covered,
        road_full,
        road_flows,
        bicycles_in_a_row,
        bicycles_come_and_go,
        stall_on_the_pavement,
        pavement_free,
        van_in_the_fire_lane,
        van_passes_the_fire_lane,
        truck_leaves_a_pile,
        truck_leaves_nothing,
        outfall_discoloured,
        outfall_clear,
    )
}
