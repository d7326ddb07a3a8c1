"""Every error as RFC 9457 problem details, with a stable code and words that say what to do next."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language_from_request
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.errors import DomainError, Forbidden, Invalid, Language, NotFound

CONTENT_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)

TYPE_BASE = "https://yiwang.example/problems/"


class NotSignedIn(DomainError):
    code, status = "not_signed_in", 401
    zh = "请先登录。"
    en = "Sign in first."


class SessionExpired(DomainError):
    code, status = "session_expired", 401
    zh = "登录已过期，请重新登录；已填写的内容会保留。"
    en = "Your session has ended. Sign in again; what you have typed is kept."


class CsrfFailed(DomainError):
    code, status = "csrf_failed", 403
    zh = "安全校验失败，请刷新页面后重试。"
    en = "The security check failed. Reload the page and try again."


class MalformedJson(DomainError):
    code, status = "malformed_json", 400
    zh = "提交的内容不是有效的 JSON，请检查格式后重试。"
    en = "The body is not valid JSON. Check its form and send again."


class MalformedRequest(DomainError):
    code, status = "malformed_request", 400
    zh = "请求的格式有误，请刷新页面后重试。"
    en = "The request is malformed. Reload the page and try again."


class MethodNotAllowed(DomainError):
    code, status = "method_not_allowed", 405
    zh = "该地址不支持此请求方式。"
    en = "This address does not take this method."


class UnsupportedContent(DomainError):
    code, status = "unsupported_content", 415
    zh = "不支持这种内容类型，请使用接口说明中的类型。"
    en = "This content type is not supported. Use the one the API names."


class Unavailable(DomainError):
    """The same code that the front answers with while nobody stands behind it."""

    code, status = "unavailable", 503
    zh = "数据库暂时没有响应，本次操作没有写入。请几秒后重试。"
    en = "The database does not answer just now; nothing was written. Try again in a few seconds."


class FaultOfOurs(DomainError):
    code, status = "server_error", 500
    zh = "系统出错，本次操作没有写入，管理员会在日志中看到。请稍后重试。"
    en = "Something went wrong on our side; nothing was written, and the log has it. Try again later."


class TooManyRequests(DomainError):
    code, status = "too_many_requests", 429
    zh = "操作过于频繁，请稍后再试。"
    en = "Too many requests. Wait a little and try again."


def language_of(request: HttpRequest | None) -> Language:
    """The language the person reads: zh unless the request asks for English."""
    if request is None:
        return "zh"
    return "en" if get_language_from_request(request).startswith("en") else "zh"


def body_of(error: DomainError, language: Language) -> dict[str, Any]:
    extra = dict(error.extra)
    errors = extra.pop("errors", None)
    body: dict[str, Any] = {
        "type": TYPE_BASE + error.code,
        "title": error.code.replace("_", " "),
        "status": error.status,
        "code": error.code,
        "detail": error.detail(language),
    }
    if errors is not None:
        body["errors"] = [
            {"field": e["field"], "code": e["code"], "message": e.get(f"message_{language}") or e.get("message", "")}
            for e in errors
        ]
    return body | {key: value for key, value in extra.items() if key not in body}


def problem_json(error: DomainError, request: HttpRequest | None = None) -> JsonResponse:
    """The problem as a plain Django response, for middleware and views outside the API."""
    return JsonResponse(
        body_of(error, language_of(request)),
        status=error.status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def _flatten(detail: Any, prefix: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [row for key, value in detail.items() for row in _flatten(value, f"{prefix}.{key}" if prefix else key)]
    if isinstance(detail, list):
        rows: list[dict[str, str]] = []
        for index, value in enumerate(detail):
            nested = isinstance(value, (dict, list))
            rows += _flatten(value, f"{prefix}.{index}") if nested else _flatten(value, prefix)
        return rows
    said = str(detail).encode(errors="replace").decode()  # half a character that was sent is no text to send back
    return [{"field": prefix, "code": getattr(detail, "code", "invalid"), "message": said}]


def as_domain_error(error: Exception) -> DomainError | None:
    """The domain's word for an error of the framework; None where it is a fault of ours."""
    match error:
        case DomainError():
            return error
        case exceptions.ValidationError():
            return Invalid(errors=_flatten(error.detail))
        case exceptions.ParseError() if str(error.detail).startswith("JSON"):
            return MalformedJson()
        case exceptions.ParseError():
            return MalformedRequest()
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return NotSignedIn()
        case exceptions.PermissionDenied() if str(error.detail).startswith("CSRF"):
            return CsrfFailed()
        case exceptions.PermissionDenied() | PermissionDenied():
            return Forbidden(roles="—")
        case exceptions.NotFound() | Http404():
            return NotFound()
        case exceptions.MethodNotAllowed():
            return MethodNotAllowed()
        case exceptions.UnsupportedMediaType() | exceptions.NotAcceptable():
            return UnsupportedContent()
        case exceptions.Throttled():
            return TooManyRequests()
        case OperationalError() | InterfaceError():
            logger.error("the database does not answer: %s", error)
            return Unavailable()
    return None


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: what is not a domain matter becomes a plain 500 and is logged by Django."""
    domain_error = as_domain_error(error)
    if domain_error is None:
        return None
    set_rollback()
    request = context.get("request")
    response = Response(body_of(domain_error, language_of(request)), status=domain_error.status)
    response.content_type = CONTENT_TYPE
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    return problem_json(CsrfFailed(), request)
