"""Refusals at the door."""

from core.errors import DomainError


class BadCredentials(DomainError):
    code, status = "bad_credentials", 400
    zh = "用户名或密码不正确，请重新输入。"
    en = "The user name or password is not right. Try again."


class LockedOut(DomainError):
    code, status = "locked_out", 429
    zh = "连续登录失败，账号已锁定，请 {minutes} 分钟后再试或联系管理员。"
    en = "Too many failed attempts. Try again in {minutes} minutes or ask an administrator."
