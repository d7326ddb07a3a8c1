"""What is refused when the catalogue is loaded, edited or imported."""

from core.errors import DomainError


class CatalogueInvalid(DomainError):
    code, status = "catalogue_invalid", 422
    zh = "目录文件 {file} 有误：{problem}"
    en = "The catalogue file {file} is not valid: {problem}"


class TypeIsRetired(DomainError):
    code, status = "type_is_retired", 409
    zh = "该案件类型已停用，不能修改。请先恢复使用。"
    en = "This event type is retired. Restore it first, then change it."


class TypeIsCurrent(DomainError):
    code, status = "type_is_current", 409
    zh = "该案件类型正在使用，无需恢复。"
    en = "This event type is in force already."


class TypeIsNamed(DomainError):
    code, status = "type_is_named", 409
    zh = "不能停用，仍被引用：{by_zh}。请先修改这些引用。"
    en = "It cannot be retired while it is named by: {by_en}. Change those first."


class MainClassHasTypes(DomainError):
    code, status = "main_class_has_types", 409
    zh = "该大类下还有 {count} 个在用小类，请先停用或移到其他大类。"
    en = "{count} types in force are in this main class. Retire or move them first."


class MainClassIsNamed(DomainError):
    code, status = "main_class_is_named", 409
    zh = "该大类仍被引用：{by_zh}。请先修改这些引用。"
    en = "This main class is named by: {by_en}. Change those first."


class PreviewOutdated(DomainError):
    code, status = "preview_outdated", 409
    zh = "预览之后目录或文件有变化，没有写入任何内容。请重新预览后再应用。"
    en = "The catalogue or the file changed since the preview; nothing was written. Preview again, then apply."


class SheetUnreadable(DomainError):
    """A file that cannot be read as a catalogue at all; `reason` tells which of the ways."""

    code, status = "sheet_unreadable", 422
    zh = "{problem_zh}"
    en = "{problem_en}"
