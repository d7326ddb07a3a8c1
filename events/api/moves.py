"""The moves of events over HTTP: one address and one typed request for each."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.perform import perform, refuse
from events.api import serializers as s
from events.api.answers import inputs, snapshot, speaks_english
from events.moves import Move
from events.queries.detail import event_after_move
from events.shapes import EventDetail

REQUESTS: dict[str, type[Serializer[Any]]] = {
    Move.ASK_VERIFICATION: s.AskVerificationInput,
    Move.REPORT_VERIFICATION: s.ReportVerificationInput,
    Move.FILE: s.FileInput,
    Move.REJECT: s.RejectInput,
    Move.SELF_HANDLE: s.SelfHandleInput,
    Move.ESCALATE_UP: s.EscalateUpInput,
    Move.SKIP_LEVEL: s.SkipLevelInput,
    Move.ASSIGN_DOWN: s.AssignDownInput,
    Move.REOPEN: s.ReopenInput,
    Move.TAKE: s.TakeInput,
    Move.CALL_RESPONDER: s.CallOutcomeInput,
    Move.MERGE: s.MergeInput,
    Move.UNMERGE: s.UnmergeInput,
    Move.DISPATCH: s.DispatchInput,
    Move.CO_HANDLE: s.CoHandleInput,
    Move.SIGN_LEG: s.SignLegInput,
    Move.FINISH_LEG: s.FinishLegInput,
    Move.RETURN_LEG: s.ReturnLegInput,
    Move.WAIVE_LEG: s.WaiveLegInput,
    Move.MARK_POINTS: s.MarkPointsInput,
    Move.ASSIGN_TEAM: s.AssignTeamInput,
    Move.SIGN: s.SignInput,
    Move.FINISH: s.FinishInput,
    Move.ASK_CHECK: s.AskCheckInput,
    Move.CHECK_PASS: s.CheckPassInput,
    Move.CHECK_FAIL: s.CheckFailInput,
    Move.CLOSE: s.CloseInput,
    Move.RECALL: s.RecallInput,
    Move.ASK_EXTENSION: s.AskExtensionInput,
    Move.ASK_LEG_EXTENSION: s.AskLegExtensionInput,
    Move.ASK_SUSPENSION: s.AskSuspensionInput,
    Move.RESUME: s.ResumeInput,
    Move.ASK_CANCEL: s.AskCancelInput,
    Move.ASK_FORCE_CLOSE: s.AskForceCloseInput,
    Move.APPEAL: s.AppealInput,
    Move.URGE: s.UrgeInput,
    Move.SUPERVISE: s.SuperviseInput,
    Move.REPLY: s.ReplyInput,
    Move.CONTACT_REPORTER: s.ContactReporterInput,
    Move.ANSWER_REPORTER: s.AnswerReporterInput,
    Move.CALL_BACK: s.CallBackInput,
    Move.RETURN: s.ReturnInput,
    Move.REFUSE_RETURN: s.RefuseReturnInput,
    Move.REJECT_FEEDBACK: s.RejectFeedbackInput,
    Move.REFUSE_CLOSE: s.RefuseCloseInput,
}


class MoveView(APIView):
    """A move of an event; the answer is the event after it."""

    move = ""

    def make(self, request: Request, event_id: int, move: str, values: dict[str, Any]) -> Response:
        actor = actor_of(request)
        perform(event_id, move, actor, **values)
        return Response(snapshot(lambda: event_after_move(event_id, actor, english=speaks_english(request))))


def view_of(move: str) -> type[MoveView]:
    """The view of one built move, with its own request in the schema."""
    serializer = REQUESTS[move]

    class View(MoveView):
        @extend_schema(operation_id=f"events_move_{move}", request=serializer, responses=EventDetail)
        @idempotent
        def post(self, request: Request, event_id: int) -> Response:
            return self.make(request, event_id, move, inputs(serializer, request.data))

    View.__name__ = f"{move.title().replace('_', '')}View"
    return View


class OtherMoveView(MoveView):
    """Moves that follow from something else (the end of a task, a request, another event) are not made by asking."""

    @extend_schema(exclude=True)
    def post(self, request: Request, event_id: int, move: str) -> Response:
        refuse(event_id, move, actor_of(request))
