"""Streams and files that are not as they should be, through the real reader: each by its reason, none ends another."""

import queue
import subprocess
import threading
import time

import av
import pytest

from tests.video.devices import closed_port, rtsp_door
from video.pipeline.addresses import NO_LOGIN, Login
from video.pipeline.camera import CameraLoop, Pace
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.faults import StreamFault
from video.pipeline.plans import CameraPlan, HealthChanged, StateChanged, StillTaken
from video.pipeline.reader import StreamReader
from video.rules.algorithms import read_algorithms
from video.rules.health import read_reasons

pytestmark = pytest.mark.xdist_group("video")

LOGIN = Login("viewer", "Pa55/w:rd@x")


def film(path, *, size="320x180", seconds=3, rate=10, codec=("libx264", "-g", "20"), more=()):
    """A moving test picture in a file."""
    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]
    coded = ["-c:v", codec[0], *codec[1:], "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *source, *coded, *more, str(path)], check=True)
    return path


def read(source, *, login=NO_LOGIN, paced=False, seconds=8.0):
    """How many pictures the reader gives, what it notes, and why it ends (None: by itself)."""
    notes: set[str] = set()
    deadline = time.monotonic() + seconds
    reader = StreamReader(str(source), pictures_per_second=25, paced=paced, login=login, noted=notes.add)
    seen = 0
    try:
        for _ in reader.samples(lambda: time.monotonic() > deadline):
            seen += 1
    except StreamFault as fault:
        return seen, notes, fault
    return seen, notes, None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("401 Unauthorized", "wrong_password"),
        ("403 Forbidden", "wrong_password"),
        ("404 Not Found", "not_found"),
        ("453 Not Enough Bandwidth", "refused"),
        ("503 Service Unavailable", "refused"),
    ],
)
def test_what_a_camera_refuses_is_told_by_its_reason_and_without_the_login(status, reason):
    with rtsp_door(status) as door:
        _, _, fault = read(f"rtsp://127.0.0.1:{door.port}/live", login=LOGIN)
    assert (fault.reason, reason in read_reasons()) == (reason, True)
    assert ("Pa55" in fault.detail, "viewer" in fault.detail) == (False, False)


def test_the_stored_login_reaches_the_camera():
    with rtsp_door("401 Unauthorized") as door:
        read(f"rtsp://127.0.0.1:{door.port}/live", login=LOGIN)
    assert door.shown == ["viewer:Pa55/w:rd@x"]


def test_nobody_there_is_offline():
    _, _, fault = read(f"rtsp://127.0.0.1:{closed_port()}/live", login=LOGIN)
    assert (fault.reason, "Pa55" in str(fault)) == ("offline", False)


def test_h265_is_analysed_and_noted(tmp_path):
    seen, notes, fault = read(film(tmp_path / "h265.mp4", codec=("libx265", "-x265-params", "log-level=none")))
    assert (seen, notes, fault) == (30, {"h265"}, None)


def test_a_picture_of_8k_is_refused_with_its_size(tmp_path):
    _, _, fault = read(film(tmp_path / "8k.mp4", size="7680x4320", seconds=1, rate=2))
    assert (fault.reason, "7680×4320" in fault.detail) == ("too_large", True)


def test_a_file_of_one_picture_shows_it_and_says_so(tmp_path):
    one = film(tmp_path / "one.mp4", rate=1, seconds=1)
    seen, _, fault = read(one, paced=True)
    assert (seen, fault.reason) == (1, "single_picture")


def test_a_file_without_video_says_so(tmp_path):
    sound = tmp_path / "sound.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", str(sound)], check=True)
    assert read(sound)[2].reason == "no_video"


def test_a_file_cut_off_in_mid_gop_is_played_to_its_last_picture_and_noted(tmp_path):
    whole = film(tmp_path / "whole.mp4", seconds=8, codec=("libx264", "-g", "50"), more=("-movflags", "+faststart"))
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.6)])
    seen, notes, fault = read(cut)
    assert (20 < seen < 70, "ends_early" in notes, fault) == (True, True, None)


def test_a_clip_that_ends_between_key_frames_gives_all_its_pictures(tmp_path):
    whole = film(tmp_path / "whole.mp4", seconds=6, codec=("libx264", "-g", "40"))
    clip = tmp_path / "clip.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-t", "5.3", "-i", str(whole), "-c", "copy", str(clip)], check=True)
    seen, _, fault = read(clip)
    assert (50 <= seen <= 56, fault) == (True, None)


def test_variable_frame_rate_is_analysed_and_long_gaps_are_noted(tmp_path):
    # Ten pictures a second, then one after 5 s, then ten a second again.
    gaps = ("-vf", "setpts='if(lt(N,20),N*0.1,N*0.1+5)/TB'", "-fps_mode", "vfr")
    seen, notes, fault = read(film(tmp_path / "vfr.mp4", seconds=4, more=gaps))
    assert (seen, notes, fault) == (40, {"irregular"}, None)


def test_time_stamps_that_jump_are_noted_and_the_analysis_time_only_grows(tmp_path):
    leap = ("-vf", "setpts='if(lt(N,20),N*0.1,N*0.1+7200)/TB'", "-fps_mode", "vfr")
    film(tmp_path / "leap.mp4", seconds=4, more=leap)
    notes: set[str] = set()
    reader = StreamReader(str(tmp_path / "leap.mp4"), pictures_per_second=25, paced=False, noted=notes.add)
    times = [sample.at for sample in reader.samples(lambda: False)]
    assert (len(times), times == sorted(times), notes) == (40, True, {"jumping_clock"})


def test_damaged_pictures_are_left_out_and_the_stream_goes_on(tmp_path):
    whole = film(tmp_path / "whole.ts", seconds=6, codec=("libx264", "-g", "10"))
    data = bytearray(whole.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 9000] = bytes(9000)
    (tmp_path / "damaged.ts").write_bytes(data)
    seen, notes, fault = read(tmp_path / "damaged.ts")
    assert (seen > 30, "damaged_pictures" in notes, fault) == (True, True, None)


def test_an_unknown_codec_is_told(tmp_path, monkeypatch):
    clip = film(tmp_path / "clip.mp4", seconds=1)

    def no_decoder(*_):
        raise av.error.DecoderNotFoundError(1, "Decoder not found")

    monkeypatch.setattr("video.pipeline.reader.require_sensible", no_decoder)
    assert read(clip)[2].reason == "unsupported_codec"


def test_every_fault_has_its_alert_and_the_good_camera_goes_on(model_dir, rtsp, tmp_path, capfd, caplog):
    one = film(tmp_path / "one.mp4", rate=1, seconds=1)
    with rtsp_door("401 Unauthorized") as locked, rtsp_door("404 Not Found") as gone:
        plans = [
            CameraPlan(1, "good", f"{rtsp}/courtyard", ()),
            CameraPlan(2, "locked", f"rtsp://127.0.0.1:{locked.port}/live", (), login=LOGIN),
            CameraPlan(3, "gone", f"rtsp://127.0.0.1:{gone.port}/live", (), login=LOGIN),
            CameraPlan(4, "one", str(one), ()),
            CameraPlan(5, "unreadable", "rtsp://127.0.0.1:9/x", (), fault="login_unreadable"),
        ]
        said: queue.Queue[object] = queue.Queue()
        pace = Pace(state_every=0.5, still_every=1.0, first_retry=0.2, longest_retry=1.0)
        eyes = Eyes(EyesSettings(model_dir, tmp_path))
        loops = [CameraLoop(plan, eyes, read_algorithms(), said.put, pace) for plan in plans]
        threads = [threading.Thread(target=loop.run) for loop in loops]
        for thread in threads:
            thread.start()
        time.sleep(11)
        for loop in loops:
            loop.stop()
        for thread in threads:
            thread.join()
        eyes.close()
    messages = list(said.queue)
    raised = {(one.camera_id, code) for one in messages if isinstance(one, HealthChanged) for code in one.raised}
    states = {(one.camera_id, one.reason) for one in messages if isinstance(one, StateChanged) and one.reason}
    expected = {(2, "wrong_password"), (3, "not_found"), (4, "single_picture"), (5, "login_unreadable")}
    assert (raised, states) == (expected, expected)
    assert sum(isinstance(one, StillTaken) and one.camera_id == 1 for one in messages) >= 3
    out = capfd.readouterr()
    assert [text for text in (repr(messages), caplog.text, out.out, out.err) if "Pa55" in text] == []
