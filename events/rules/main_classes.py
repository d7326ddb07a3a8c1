"""What a main class may be called and numbered. Pure."""

from events.rules.type_faults import Fault

SHORTEST, LONGEST = 2, 40


def class_faults(category: str, code: str, name: str) -> list[Fault]:
    """Why there can be no such main class, each fault at its field."""
    found = []
    if category not in ("part", "event", "governance"):
        found.append(Fault("category", "category", "类别须为部件、事件或治理事项。", "A part, an event or governance."))
    if not (len(code) == 2 and code.isascii() and code.isdigit()) or code == "00":
        found.append(Fault("code", "number", "大类代码须为两位数字（01–99）。", "Two digits from 01 to 99."))
    if not SHORTEST <= len(name) <= LONGEST:
        said = f"{SHORTEST}–{LONGEST}"
        found.append(Fault("name", "length", f"名称须为 {said} 个字。", f"A name of {said} characters."))
    return found
