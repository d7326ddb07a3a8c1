from django.contrib import admin

from analytics.models import Goal


@admin.register(Goal)
class GoalAdmin(admin.ModelAdmin[Goal]):
    list_display = ("indicator", "share")
