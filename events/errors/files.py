"""What is refused of photos and other uploads."""

from core.errors import DomainError


class UnknownAttachment(DomainError):
    code, status = "unknown_attachment", 422
    zh = "附件不存在、已被使用或不是您上传的，请重新上传。"
    en = "An attachment is missing, used already or not yours. Upload it again."


class FileTooLarge(DomainError):
    code, status = "file_too_large", 413
    zh = "文件超过 {limit_mb} MB，请压缩或缩小后重新上传。"
    en = "The file is larger than {limit_mb} MB. Make it smaller and upload again."


class NotAnImage(DomainError):
    code, status = "not_an_image", 422
    zh = "文件内容不是可识别的图片，请上传 JPEG、PNG 或 WebP 照片。"
    en = "The content is not a picture. Upload a JPEG, PNG or WebP photo."


class UnknownUploadToken(DomainError):
    code, status = "unknown_upload", 422
    zh = "照片已过期，请重新选择照片后再提交。"
    en = "A photo has expired. Choose it again, then send."


class AlreadyHeld(DomainError):
    code, status = "already_held", 409
    zh = "该案件或告警的证据已处于封存状态，无需重复操作。"
    en = "The evidence of this event or alert is held already. Nothing more to do."
