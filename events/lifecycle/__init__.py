"""The lifecycles of events, alerts, work orders and requests, as data; a room for each."""

from events.lifecycle.alert import ALERT, OUT_OF_SERVICE
from events.lifecycle.event import EVENT
from events.lifecycle.holders import (
    ALARM_ADMINS,
    ALERT_SEATS,
    ASKER,
    ASSIGNEE,
    CITIZEN,
    CO_HANDLER,
    NAMES,
    OWNER_OF_LEG,
)
from events.lifecycle.request import OPEN_REQUEST_STATES, REQUEST
from events.lifecycle.rows import NEW
from events.lifecycle.states import EVENT_STATES, MERGEABLE, OPEN_STATES, PUBLIC_STAGES, STAGES
from events.lifecycle.work_order import HELD_ORDER_STATES, OPEN_ORDER_STATES, WORK_ORDER

__all__ = [
    "ALARM_ADMINS",
    "ALERT",
    "ALERT_SEATS",
    "ASKER",
    "ASSIGNEE",
    "CITIZEN",
    "CO_HANDLER",
    "EVENT",
    "EVENT_STATES",
    "HELD_ORDER_STATES",
    "MERGEABLE",
    "NAMES",
    "NEW",
    "OPEN_ORDER_STATES",
    "OPEN_REQUEST_STATES",
    "OPEN_STATES",
    "OUT_OF_SERVICE",
    "OWNER_OF_LEG",
    "PUBLIC_STAGES",
    "REQUEST",
    "STAGES",
    "WORK_ORDER",
]
