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


class ImportClosed(DomainError):
    code, status = "import_closed", 409
    zh = "这次导入{state_name}，不能再修改。请重新上传文件。"
    en = "This import is {state} and can no longer be changed. Send the file again."


class ImportNotRead(DomainError):
    code, status = "import_not_read", 409
    zh = "文件还没有读取完成，请稍候。"
    en = "The file is not read yet. Wait a moment."


class RowsNotSettled(DomainError):
    """`numbers` are the rows (the first 50) that have an error or an unanswered question."""

    code, status = "rows_not_settled", 409
    zh = "还有 {count} 行没有处理完，请改正、同意修复，或不导入这些行。"
    en = "{count} rows are not settled. Correct them, agree to the repair, or leave them out."
