"""Why a stream or a file gives no pictures: each error of the decoder as one of the declared reasons."""

from __future__ import annotations

import av
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from video.pipeline.addresses import Login
from video.pipeline.plans import CameraState

MOST_PIXELS = 4096 * 2304
"""A larger picture would take more memory than a camera may have, several times over."""


class StreamFault(RuntimeError):
    """Reading is not possible now. `state` is dead_stream or broken_file,
    `reason` a code of reference_data/health.yaml.

    Its words never hold the address as it was opened."""

    def __init__(self, state: CameraState, detail: str, reason: str = "") -> None:
        super().__init__(detail)
        self.state = state
        self.detail = detail
        self.reason = reason or ("broken_file" if state is CameraState.BROKEN_FILE else "offline")


_OF_FILES = frozenset({"unsupported_codec", "no_video", "too_large"})


class _NoVideo(ValueError):
    """The source has no video in it."""


class _UnknownCodec(ValueError):
    """There is video, and no decoder for it."""


class _TooLarge(ValueError):
    """Its pictures are larger than a camera may send."""


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (_NoVideo, "no_video"),
    (_UnknownCodec, "unsupported_codec"),
    (_TooLarge, "too_large"),
    (av.error.HTTPUnauthorizedError, "wrong_password"),
    (av.error.HTTPForbiddenError, "wrong_password"),
    (av.error.HTTPNotFoundError, "not_found"),
    (av.error.HTTPError, "refused"),
    (av.error.HTTPClientError, "refused"),
    (av.error.DecoderNotFoundError, "unsupported_codec"),
    (av.error.PatchWelcomeError, "unsupported_codec"),
    (av.error.InvalidDataError, "undecodable"),
)


def _reason_of(error: Exception) -> str:
    return next((code for kind, code in _REASONS if isinstance(error, kind)), "offline")


def _said(error: Exception) -> str:
    """What went wrong, in words that never hold the address as it was opened."""
    if isinstance(error, av.error.ExitError | TimeoutError):
        return "timed out"
    if isinstance(error, _NoVideo | _UnknownCodec | _TooLarge):
        return str(error)
    return str(getattr(error, "strerror", None) or type(error).__name__)


def file_fault(error: Exception, path: str) -> StreamFault:
    """Why a file is no use."""
    reason = _reason_of(error)
    told = reason if reason in _OF_FILES else "broken_file"
    return StreamFault(CameraState.BROKEN_FILE, f"{path} cannot be read: {error}", told)


def stream_fault(error: Exception, shown_address: str, login: Login) -> StreamFault:
    """Why a camera gives nothing."""
    said = login.hidden_in(_said(error))
    return StreamFault(CameraState.DEAD_STREAM, f"no answer from {shown_address}: {said}", _reason_of(error))


def video_of(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise _NoVideo("there is no video in it")
    return container.streams.video[0]


def require_sensible(context: VideoCodecContext | None) -> None:
    if context is None:
        raise _UnknownCodec("its video is coded in a way that cannot be decoded here")
    require_size(context.width, context.height)


def require_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _TooLarge(f"its pictures are {width}×{height}, at most 4096×2304 can be analysed")
