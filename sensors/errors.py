"""What the register of sensors refuses, in words."""

from core.errors import DomainError, Invalid


class DuplicateSensorCode(DomainError):
    """Who has it is not told: it may stand where the reader sees nothing."""

    code, status = "duplicate_sensor_code", 409
    zh = "编码 {sensor_code} 已登记。请换一个编码，或编辑已登记的传感器。"
    en = "The code {sensor_code} is registered already. Choose another one, or edit the sensor that has it."


class SensorRemoved(DomainError):
    code, status = "sensor_removed", 409
    zh = "该传感器已拆除。请先恢复登记，再修改。"
    en = "This sensor was removed. Restore it before changing it."


def invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    """One field that is wrong."""
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
