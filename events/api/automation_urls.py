from django.urls import path

from events.api.automation import AutomationListView, AutomationPreviewView, AutomationSwitchView, AutomationView

automation_patterns = [
    path("automation", AutomationListView.as_view(), name="automation"),
    path("automation/<slug:source>/<slug:rule>", AutomationView.as_view(), name="automation-pair"),
    path("automation/<slug:source>/<slug:rule>/switch", AutomationSwitchView.as_view(), name="automation-switch"),
    path("automation/<slug:source>/<slug:rule>/preview", AutomationPreviewView.as_view(), name="automation-preview"),
]
