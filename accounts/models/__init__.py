from accounts.models.calendar import UnitCalendar
from accounts.models.grant import Grant
from accounts.models.saved_view import SavedView
from accounts.models.session import Session
from accounts.models.sign_in import SignInAttempt
from accounts.models.unit import OrgUnit
from accounts.models.user import User

__all__ = ["Grant", "OrgUnit", "SavedView", "Session", "SignInAttempt", "UnitCalendar", "User"]
