"""What the register of components refuses, in words."""

from core.errors import DomainError, Invalid


class DuplicateComponentCode(DomainError):
    code, status = "duplicate_component_code", 409
    zh = "部件代码 {component_code} 已登记。请换一个代码，或编辑已登记的部件。"
    en = "The code {component_code} is registered already. Choose another one, or edit the component that has it."


class CodesExhausted(DomainError):
    code, status = "component_codes_exhausted", 409
    zh = "{prefix} 开头的部件代码已用完，请填写其他代码。"
    en = "There are no codes left that begin with {prefix}. Give another code."


class ComponentRemoved(DomainError):
    code, status = "component_removed", 409
    zh = "该部件已移除。请先恢复登记，再修改。"
    en = "This component was removed. Restore it before changing it."


class ImportUnreadable(DomainError):
    code, status = "import_unreadable", 422
    zh = "{problem_zh}"
    en = "{problem_en}"


class ImportTooLarge(DomainError):
    code, status = "import_too_large", 413
    zh = "文件超过 {limit_mb} MB。请拆分，或请系统管理员在服务器上用 manage.py import_components 导入。"
    en = (
        "The file is larger than {limit_mb} MB. Split it, or have it imported on the server by "
        "manage.py import_components."
    )


class TooManyImports(DomainError):
    code, status = "too_many_imports", 409
    zh = "已有 {most} 个文件等待导入，请等待完成或取消后再上传。"
    en = "{most} files wait already. Let them finish, or cancel some."


class ImportHasNothing(DomainError):
    code, status = "import_has_nothing", 409
    zh = "这个文件的表头有误，不能导入。请按提示改正后重新上传。"
    en = "The headings of this file are wrong, so it cannot be imported. Correct them and upload it again."


class FaultsNotThere(DomainError):
    code, status = "import_without_faults", 409
    zh = "没有错误行文件。"
    en = "There is no file of refused rows."


def invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    """One field that is wrong."""
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
