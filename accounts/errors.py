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


class CalendarEmpty(DomainError):
    code, status = "calendar_empty", 422
    zh = "工作日历没有任何上班时段，时限将永远不走。请至少填写一个时段。"
    en = "The calendar has no working period, so no clock would ever run. Give it at least one."


class CalendarPeriodBackwards(DomainError):
    code, status = "calendar_period_backwards", 422
    zh = "时段 {period} 的结束不晚于开始。跨零点的班次请拆成两个时段。"
    en = "The period {period} does not end after it begins. Split a shift that crosses midnight in two."


class CalendarPeriodsOverlap(DomainError):
    code, status = "calendar_periods_overlap", 422
    zh = "时段 {one} 与 {other} 重叠，请改为互不重叠的时段。"
    en = "The periods {one} and {other} overlap. Make them follow each other."


class CalendarTooLong(DomainError):
    code, status = "calendar_too_long", 422
    zh = "加班日或休息日超过 {most} 天，请核对后重新提交。"
    en = "More than {most} extra working days or days off. Look at them again."


class DayWorkedAndOff(DomainError):
    code, status = "day_worked_and_off", 422
    zh = "同一天不能既加班又休息：{days}。"
    en = "A day cannot be an extra working day and a day off: {days}."


class ViewNameTaken(DomainError):
    code, status = "view_name_taken", 409
    zh = "您已有名为“{name}”的视图，请换一个名称，或选择替换原来的视图。"
    en = "You already have a view called “{name}”. Choose another name, or replace it."


class TooManyViews(DomainError):
    code, status = "too_many_views", 409
    zh = "每个页面最多保存 {most} 个视图，请先删除不用的。"
    en = "A page keeps at most {most} views. Delete one that you do not use."


class UnknownFilter(DomainError):
    code, status = "unknown_filter", 422
    zh = "此页面没有这些筛选条件：{names}。请去掉后再保存。"
    en = "This page has no such filters: {names}. Leave them out and save again."
