"""What the division tree refuses, in words."""

from core.errors import DomainError


class SelfCrossingBoundary(DomainError):
    code, status = "self_crossing_boundary", 422
    zh = "范围的边线在 ({lng:.5f}, {lat:.5f}) 附近自相交，请移动该处的顶点后重新提交。"
    en = "The outline crosses itself near ({lng:.5f}, {lat:.5f}). Move the vertices there and send again."


class DuplicateCode(DomainError):
    code, status = "duplicate_code", 409
    zh = "代码 {duplicate} 已被“{holder}”使用，请换一个代码。"
    en = "The code {duplicate} already belongs to “{holder}”. Choose another one."
