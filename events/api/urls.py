from django.urls import path

from events.api.alarms import (
    AlarmRulesView,
    FloodView,
    OutOfServiceListView,
    OutOfServiceView,
    PutBackView,
    ReviewView,
)
from events.api.alerts import (
    AcknowledgeTogetherView,
    AcknowledgeView,
    AlertListView,
    AlertView,
    ConfirmView,
    DismissView,
    RestoreView,
    ShelveView,
    TakeOutView,
    UnshelveView,
)
from events.api.automation_urls import automation_patterns
from events.api.calls import CallView
from events.api.catalogue_urls import catalogue_patterns
from events.api.components import ComponentEventsView
from events.api.events import EventListView, EventTypeListView, EventView, ScenarioListView
from events.api.evidence_holds import EventHoldView
from events.api.exports import ExportCancelView, ExportFileView, ExportListView, ExportView
from events.api.limit_urls import limit_patterns
from events.api.media import MediaView, UploadView
from events.api.moves import REQUESTS, OtherMoveView, view_of
from events.api.orders import (
    AssignView,
    FinishView,
    OrderCountsView,
    OrderListView,
    OrderView,
    OwnPeopleView,
    ReturnView,
    SeenView,
    SignView,
    WaiveView,
)
from events.api.past_tiles import PastEventTileView
from events.api.presence import PresenceView
from events.api.reminders import ReminderListView
from events.api.reply_templates import ReplyTemplateListView
from events.api.requests import STEPS, RequestListView, RequestView, step_view
from events.api.retention_urls import retention_patterns
from events.api.routing_urls import routing_patterns

# Addresses are tried in turn: what is asked most stands first.
urlpatterns = [
    path("components/<int:component_id>/events", ComponentEventsView.as_view(), name="component-events"),
    path("events", EventListView.as_view(), name="events"),
    path("events/<int:event_id>", EventView.as_view(), name="event"),
    *(
        path(f"events/<int:event_id>/moves/{move}", view_of(move).as_view(), name=f"event-{move.replace('_', '-')}")
        for move in REQUESTS
    ),
    path("events/<int:event_id>/moves/<str:move>", OtherMoveView.as_view(), name="event-other-move"),
    path("events/<int:event_id>/calls", CallView.as_view(), name="event-calls"),
    path("events/<int:event_id>/hold", EventHoldView.as_view(), name="event-hold"),
    path("events/<int:event_id>/presence", PresenceView.as_view(), name="event-presence"),
    path("alerts", AlertListView.as_view(), name="alerts"),
    path("alarm-rules", AlarmRulesView.as_view(), name="alarm-rules"),
    path("alerts/acknowledge", AcknowledgeTogetherView.as_view(), name="alerts-acknowledge"),
    path("alerts/flood", FloodView.as_view(), name="alerts-flood"),
    path("alerts/<int:alert_id>", AlertView.as_view(), name="alert"),
    path("alerts/<int:alert_id>/acknowledge", AcknowledgeView.as_view(), name="alert-acknowledge"),
    path("alerts/<int:alert_id>/confirm", ConfirmView.as_view(), name="alert-confirm"),
    path("alerts/<int:alert_id>/dismiss", DismissView.as_view(), name="alert-dismiss"),
    path("alerts/<int:alert_id>/restore", RestoreView.as_view(), name="alert-restore"),
    path("alerts/<int:alert_id>/shelve", ShelveView.as_view(), name="alert-shelve"),
    path("alerts/<int:alert_id>/unshelve", UnshelveView.as_view(), name="alert-unshelve"),
    path("alerts/<int:alert_id>/take_out", TakeOutView.as_view(), name="alert-take-out"),
    path("out-of-service", OutOfServiceListView.as_view(), name="out-of-service-list"),
    path("out-of-service/<int:out_id>", OutOfServiceView.as_view(), name="out-of-service"),
    path("out-of-service/<int:out_id>/review", ReviewView.as_view(), name="out-of-service-review"),
    path("out-of-service/<int:out_id>/put_back", PutBackView.as_view(), name="out-of-service-put-back"),
    path("exports", ExportListView.as_view(), name="exports"),
    path("exports/<int:export_id>", ExportView.as_view(), name="export"),
    path("exports/<int:export_id>/file", ExportFileView.as_view(), name="export-file"),
    path("exports/<int:export_id>/cancel", ExportCancelView.as_view(), name="export-cancel"),
    path("orders", OrderListView.as_view(), name="orders"),
    path("orders/counts", OrderCountsView.as_view(), name="order-counts"),
    path("orders/<int:order_id>", OrderView.as_view(), name="order"),
    path("orders/<int:order_id>/seen", SeenView.as_view(), name="order-seen"),
    path("orders/<int:order_id>/responders", OwnPeopleView.as_view(), name="order-responders"),
    path("orders/<int:order_id>/moves/sign", SignView.as_view(), name="order-sign"),
    path("orders/<int:order_id>/moves/finish", FinishView.as_view(), name="order-finish"),
    path("orders/<int:order_id>/moves/return", ReturnView.as_view(), name="order-return"),
    path("orders/<int:order_id>/moves/assign", AssignView.as_view(), name="order-assign"),
    path("orders/<int:order_id>/moves/waive", WaiveView.as_view(), name="order-waive"),
    path("reminders", ReminderListView.as_view(), name="reminders"),
    path("reply-templates", ReplyTemplateListView.as_view(), name="reply-templates"),
    path("requests", RequestListView.as_view(), name="requests"),
    path("requests/<int:request_id>", RequestView.as_view(), name="request"),
    *(
        path(f"requests/<int:request_id>/moves/{step}", step_view(step).as_view(), name=f"request-{step}")
        for step in STEPS
    ),
    path("uploads", UploadView.as_view(), name="uploads"),
    path("event-types", EventTypeListView.as_view(), name="event-types"),
    path("scenarios", ScenarioListView.as_view(), name="scenarios"),
    *catalogue_patterns,
    *limit_patterns,
    *retention_patterns,
    *routing_patterns,
    *automation_patterns,
]

root_urlpatterns = [
    path("tiles/past-events/<int:z>/<int:x>/<int:y>.mvt", PastEventTileView.as_view(), name="past-event-tiles"),
    path("media/attachments/<int:attachment_id>", MediaView.as_view(), name="attachment"),
    path("media/attachments/<int:attachment_id>/thumb", MediaView.as_view(), {"thumb": True}, name="attachment-thumb"),
]
