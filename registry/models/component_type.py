"""Kinds of components: the part sub classes 部件小类 of the catalogue, as the register knows them."""

from typing import Self

from django.db import models


class ComponentTypeQuerySet(models.QuerySet["ComponentType"]):
    def current(self) -> Self:
        return self.filter(is_current=True)


class ComponentType(models.Model):
    """A part sub class, kept by its code. The catalogue above tells when one is new, renamed or retired; components of
    a retired one stay what they are.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField("代码", max_length=48, unique=True)
    number = models.CharField("大类小类", max_length=4, blank=True, help_text="四位数字，如 0102")
    name = models.CharField("名称", max_length=60)
    main_class = models.CharField("大类", max_length=40)
    department_code = models.CharField("主管部门", max_length=32, blank=True)
    is_current = models.BooleanField("在用", default=True)

    objects = ComponentTypeQuerySet.as_manager()

    class Meta:
        db_table = "registry_component_type"
        verbose_name = verbose_name_plural = "部件类型"
        ordering = ("number", "code")

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()
