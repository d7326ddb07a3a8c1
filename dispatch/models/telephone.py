"""What may stand where a telephone number is asked for."""

from django.core.validators import RegexValidator

TELEPHONE = RegexValidator(r"^\+?[0-9][0-9 -]{2,18}$", "请填写电话号码：数字，可带区号、空格或短横。")
"""Also short numbers of a city's own exchange; nothing that a `tel:` link could misread."""
