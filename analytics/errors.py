"""What analytics refuses, in words."""

from core.errors import DomainError


class FormulaInvalid(DomainError):
    code, status = "formula_invalid", 422
    zh = "公式“{formula}”不能使用：{problem}。只能用 + - * /、括号、数字和列出的数。"
    en = "The formula “{formula}” cannot be used: {problem}. Use + - * /, brackets, numbers and the listed measures."


class IndicatorsInvalid(DomainError):
    code, status = "indicators_invalid", 422
    zh = "指标文件 {file} 有误：{problem}"
    en = "The file of indicators {file} is not valid: {problem}"


class UnknownMeasure(DomainError):
    code, status = "unknown_measure", 422
    zh = "没有“{measure}”这个数，请从列表中选择。"
    en = "There is no measure “{measure}”. Choose one from the list."


class PeriodInvalid(DomainError):
    code, status = "period_invalid", 422
    zh = "统计时段无效：须在 2000 至 2199 年之间，结束日期在开始日期之后，且不超过 366 天。"
    en = "The period is not valid: it lies between 2000 and 2199, ends after it begins, and has at most 366 days."


class RiskRulesInvalid(DomainError):
    code, status = "risk_rules_invalid", 422
    zh = "风险规则 {file} 有误：{problem}"
    en = "The risk rules {file} are not valid: {problem}"
