"""What is refused of exports."""

from core.errors import DomainError


class TooManyExports(DomainError):
    code, status = "too_many_exports", 409
    zh = "您已有 {most} 项导出在排队，请等待完成或取消其中一项。"
    en = "{most} exports of yours are waiting already. Wait for one, or cancel one."


class ExportNotReady(DomainError):
    code, status = "export_not_ready", 409
    zh = "文件尚未生成（{state_name}），请等待导出完成后再下载。"
    en = "There is no file yet ({state}). Download it when the export is done."
