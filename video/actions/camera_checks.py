"""What a camera must have before it is stored. Messages never repeat an address that may hold a login."""

from urllib.parse import urlsplit

from video.errors import invalid
from video.models import Camera, CameraGroup, Gateway
from video.pipeline.addresses import host_of, without_password

SCHEMES = ("rtsp", "rtsps", "file")
_NO_ADDRESS = "-"
MOST_RANGE_M, MOST_HEIGHT_M = 20_000.0, 1_000.0


def check_camera(camera: Camera) -> None:
    """Raises Invalid with the first wrong field."""
    if not camera.code:
        raise invalid("code", "required", "请填写编码。", "A code is needed.")
    if not camera.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    if camera.gateway_id is None:
        _check_address(camera.source)
        _check_sub_stream(camera)
        _check_head(camera)
    if not 0 < camera.pictures_per_second <= 25:
        raise invalid("pictures_per_second", "out_of_range", "每秒分析帧数应在 0–25 之间。", "It must be within 0–25.")
    _check_choices(camera)
    _check_view(camera)


def gateway_of_camera(camera: Camera) -> Gateway | None:
    """The platform it stands behind, if any; its channel must be named and belong to no other camera."""
    if camera.gateway_id is None:
        camera.channel = ""
        return None
    gateway = Gateway.objects.filter(pk=camera.gateway_id).first()
    if gateway is None:
        raise invalid("gateway_id", "unknown", "没有这个视频平台。", "There is no such platform.")
    if not camera.channel:
        raise invalid("channel", "required", "请选择平台上的通道。", "Choose a channel of the platform.")
    others = Camera.objects.filter(gateway=gateway, channel=camera.channel).exclude(pk=camera.pk)
    if other := others.values_list("code", flat=True).first():
        raise invalid("channel", "taken", f"该通道已登记为摄像机 {other}。", f"The channel is camera {other} already.")
    return gateway


def check_group(camera: Camera) -> None:
    if camera.group_id is not None and not CameraGroup.objects.filter(pk=camera.group_id).exists():
        raise invalid("group_id", "unknown", "没有这个分组。", "There is no such group.")


def _is_address(source: str) -> bool:
    try:
        parts = urlsplit(source)
        _ = parts.port
        return parts.scheme in SCHEMES and bool(parts.path if parts.scheme == "file" else parts.hostname)
    except ValueError:
        return False


def _check_address(source: str) -> None:
    if not _is_address(source):
        raise invalid(
            "stream_url",
            "unknown_scheme",
            "视频地址应以 rtsp://、rtsps:// 或 file:/// 开头，并写明主机或文件。",
            "The address must begin with rtsp://, rtsps:// or file:///, and name a host or a file.",
        )


def shown_address(given: str) -> str:
    """The address without the login that may stand in it; what is no address at all is left for the check."""
    try:
        return without_password(given)
    except ValueError:
        return _NO_ADDRESS


def _check_sub_stream(camera: Camera) -> None:
    """It goes with the camera's own login, which is never sent to another host."""
    if not camera.sub_source:
        return
    if not _is_address(camera.sub_source) or host_of(camera.sub_source) != host_of(camera.source):
        raise invalid(
            "sub_stream_url",
            "another_host",
            "子码流地址应与视频地址同一主机和端口，或留空。",
            "The sub-stream must be at the same host and port as the stream, or be left empty.",
        )


def _check_head(camera: Camera) -> None:
    """It is turned with the camera's own login, which is never sent to another host."""
    if not camera.control_address:
        if camera.can_turn:
            zh, en = (
                "请填写 ONVIF 服务地址，或去掉“有云台”。",
                "Say where its ONVIF service is, or that it has no head.",
            )
            raise invalid("control_url", "required", zh, en)
        return
    try:
        asked, own = urlsplit(camera.control_address), urlsplit(camera.source)
        fits = asked.scheme in ("http", "https") and "@" not in asked.netloc and asked.port != 0
        fits = fits and bool(asked.hostname) and asked.hostname == own.hostname and not asked.query
    except ValueError:
        fits = False
    if not fits:
        raise invalid(
            "control_url",
            "another_host",
            "ONVIF 服务地址应以 http:// 或 https:// 开头，与视频地址同一主机，不含账号口令和参数。",
            "The ONVIF service is at the stream's host, by http:// or https://, without a login and without a query.",
        )


def _check_choices(camera: Camera) -> None:
    for field, choices in (
        ("sampling", Camera.Sampling.values),
        ("source_kind", Camera.SourceKind.values),
        ("priority", Camera.Priority.values),
    ):
        if getattr(camera, field) not in choices:
            raise invalid(field, "unknown", "不是可选的值。", "Not one of the choices.")


def _check_view(camera: Camera) -> None:
    if camera.bearing is not None:
        camera.bearing = round(camera.bearing % 360, 1) % 360
    for field, least, most, zh, en in (
        ("view_angle", 1.0, 360.0, "视场角应在 1–360 度之间。", "The angle must be within 1–360 degrees."),
        ("view_range_m", 1.0, MOST_RANGE_M, "可视距离应在 1–20000 米之间。", "The range must be within 1–20,000 m."),
        ("height_m", 0.0, MOST_HEIGHT_M, "安装高度应在 0–1000 米之间。", "The height must be within 0–1,000 m."),
    ):
        value = getattr(camera, field)
        if value is not None and not least <= value <= most:
            raise invalid(field, "out_of_range", zh, en)
