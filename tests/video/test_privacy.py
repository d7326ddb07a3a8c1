"""No face that could be recognised reaches the disk under the settings as shipped."""

from collections.abc import Iterator
from itertools import pairwise

import av
import cv2
import numpy as np
import pytest

from video.detectors.batching import BatchingDetector
from video.detectors.loading import load_detector, load_faces
from video.pipeline.blur import cover
from video.pipeline.evidence import Draft, EvidenceMaker
from video.pipeline.ring import CodedClip, CodedPicture

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
SECONDS = (3.0, 7.0)


@pytest.fixture(scope="module")
def moment(clips) -> tuple[CodedClip, list[av.VideoFrame]]:
    """Four seconds of a street in which a rider's face is plainly to be seen: as the camera sends them, and decoded."""
    with av.open(str(clips / "street.mp4")) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        coded = [CodedPicture(float(p.pts or 0) * float(p.time_base or 0), p.is_keyframe, bytes(p)) for p in packets]
        context = stream.codec_context
        codec, extradata = context.name, context.extradata
    first = max(place for place, one in enumerate(coded) if one.key and one.at <= SECONDS[0])
    clip = CodedClip(codec, extradata, tuple(one for one in coded[first:] if one.at <= SECONDS[1]))
    return clip, [frame for _, frame in clip.decode()]


@pytest.fixture(scope="module")
def finder(model_dir):
    """Asked for faces it is sure of."""
    sure = load_faces(model_dir)
    sure._threshold = 0.5
    return sure


@pytest.fixture(scope="module")
def maker(model_dir, tmp_path_factory) -> Iterator[tuple[EvidenceMaker, object]]:
    root = tmp_path_factory.mktemp("media")
    detector = BatchingDetector(load_detector(model_dir), runners=1)
    yield EvidenceMaker(root, detector, load_faces(model_dir)), root
    detector.close()


def faces_in(pictures, finder) -> int:
    return sum(len(finder.faces(picture)) for picture in pictures)


def pictures_of(frames) -> list[np.ndarray]:
    return [frame.to_ndarray(format="bgr24") for frame in frames]


def test_the_street_shows_faces_before_they_are_hidden(moment, finder):
    _, frames = moment
    assert faces_in(pictures_of(frames[::5]), finder) >= 3


def test_no_still_shows_a_face(moment, finder, maker):
    _, frames = moment
    made, root = maker
    shown = [frame for frame in frames[::5] if len(finder.faces(frame.to_ndarray(format="bgr24")))]
    stills = [root / made.make(Draft(frame, (), WHOLE)).still_path for frame in shown]
    assert (len(stills) >= 3, faces_in([cv2.imread(str(still)) for still in stills], finder)) == (True, 0)


def test_no_picture_of_a_clip_shows_a_face(moment, finder, maker):
    clip, _ = moment
    made, root = maker
    with av.open(str(root / made.make_clip(clip, WHOLE))) as kept:
        frames = list(kept.decode(video=0))
    assert (len(frames) > 10, faces_in(pictures_of(frames), finder)) == (True, 0)


def test_two_pieces_of_evidence_of_one_moment_are_one_file(moment, maker):
    _, frames = moment
    made, _ = maker
    stills = [made.make(Draft(frames[0], (), WHOLE)).still_path for _ in range(2)]
    assert all(left == right for left, right in pairwise(stills))


LEFT_HALF = (((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)),)


def spread_of_left(picture) -> float:
    """How much is to be seen in the left half, but for its edge and for the rim where the zone is drawn."""
    height, width = picture.shape[:2]
    return float(picture[8 : height - 8, 8 : width // 2 - 8].std())


def test_what_is_masked_for_privacy_is_one_grey_in_the_still_and_in_every_picture_of_the_clip(moment, maker):
    clip, frames = moment
    made, root = maker
    open_still, still = (
        cv2.imread(str(root / made.make(Draft(frames[0], (), WHOLE, hidden)).still_path)) for hidden in ((), LEFT_HALF)
    )
    with av.open(str(root / made.make_clip(clip, WHOLE, hidden=LEFT_HALF))) as kept:
        pictures = pictures_of(kept.decode(video=0))
    assert spread_of_left(open_still) > 20
    assert spread_of_left(still) < 2
    assert len(pictures) > 10
    assert max(spread_of_left(picture) for picture in pictures) < 2
    assert min(float(picture[:, picture.shape[1] // 2 + 16 :].std()) for picture in pictures) > 20


def test_a_cover_leaves_nothing_of_what_was_there_and_nothing_else_is_touched():
    chance = np.random.default_rng(3)
    picture = chance.integers(0, 255, (90, 160, 3)).astype(np.uint8)
    covered = picture.copy()
    cover(covered, (((0.5, 0.5), (0.9, 0.5), (0.7, 0.9)),))
    assert np.array_equal(covered[:, :60], picture[:, :60])
    assert {tuple(covered[y, x]) for y, x in ((46, 84), (46, 140), (60, 112), (79, 112))} == {(96, 96, 96)}
