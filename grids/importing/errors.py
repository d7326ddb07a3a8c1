"""Why a file of boundaries is not taken, in words."""

from core.errors import DomainError


class FileTooLarge(DomainError):
    code, status = "boundary_file_too_large", 413
    zh = "文件超过 {limit} MB，未接收。请删去无关图层或抽稀后重新上传，或按街道分批导入。"
    en = "The file is larger than {limit} MB and was not taken. Remove other layers, simplify it, or import by street."


class FileRefused(DomainError):
    """`reason` is a stable word for the page; the sentences say what is wrong and what to do."""

    code, status = "boundary_file_refused", 422
    zh = "{zh}"
    en = "{en}"

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(reason=reason, zh=zh, en=en)
