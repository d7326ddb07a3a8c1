from notify.models.message import Delivery, Message
from notify.models.notice import Notice
from notify.models.preference import Mode, Preference

__all__ = ["Delivery", "Message", "Mode", "Notice", "Preference"]
