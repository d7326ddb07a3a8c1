"""What walls refuse, in words."""

from core.errors import DomainError


class WallIsReadOnly(DomainError):
    code, status = "wall_is_read_only", 403
    zh = "大屏只读：请在调度台或遥控页上操作。"
    en = "A wall only shows. Use the desk or its remote control."


class PairingUnknown(DomainError):
    code, status = "pairing_unknown", 404
    zh = "没有屏幕在显示这个配对码，或它已过期。请核对大屏上的六位数字；过期后大屏会换一个新的。"
    en = "No screen shows this code, or it has run out. Check the six digits on the wall; it shows new ones in time."


class TooManyGuesses(DomainError):
    code, status = "too_many_guesses", 429
    zh = "配对码输错次数过多，请 {minutes} 分钟后再试。"
    en = "Too many wrong codes. Try again in {minutes} minutes."


class TooManyScreensAsk(DomainError):
    code, status = "too_many_screens_ask", 429
    zh = "等待配对的屏幕过多，请稍后刷新本页。"
    en = "Too many screens wait to be paired. Reload this page in a while."


class WallRevoked(DomainError):
    code, status = "wall_revoked", 409
    zh = "这块大屏已停用，不能再控制；需要使用请重新配对。"
    en = "This wall was revoked and cannot be controlled. Pair it again to use it."


class NotOnThisWall(DomainError):
    code, status = "not_on_this_wall", 422
    zh = "该案件不在这块大屏的辖区内，无法投屏。请选择覆盖该区域的大屏。"
    en = "This event lies outside the wall's area. Choose a wall that covers it."


class NoAlarmWaits(DomainError):
    code, status = "no_alarm_waits", 409
    zh = "当前没有未处理的告警可以切换。"
    en = "There is no open alarm to go to."


class SceneInUse(DomainError):
    code, status = "scene_in_use", 409
    zh = "“{name}”是默认场景，不能删除；可以修改它。"
    en = "“{name}” is the scene walls begin with and cannot be removed; it can be changed."


class NeedsTheOtherPost(DomainError):
    code, status = "needs_the_other_post", 403
    zh = "平战转换须由另一人、另一岗位确认：{roles}。"
    en = "A change of footing is confirmed by another person in another post: {roles}."


class ScenesInvalid(DomainError):
    code, status = "scenes_invalid", 422
    zh = "场景文件 {file} 有误：{problem}"
    en = "The file of scenes {file} is not valid: {problem}"
