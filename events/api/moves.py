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
from events.api import move_inputs as i
from events.api.answers import inputs, snapshot, speaks_english
from events.moves import Move
from events.queries.detail import event_after_move
from events.shapes import EventDetail

REQUESTS: dict[str, type[Serializer[Any]]] = {
    Move.ASK_VERIFICATION: i.AskVerificationInput,
    Move.REPORT_VERIFICATION: i.ReportVerificationInput,
    Move.FILE: i.FileInput,
    Move.REJECT: i.RejectInput,
    Move.SELF_HANDLE: i.SelfHandleInput,
    Move.ESCALATE_UP: i.EscalateUpInput,
    Move.SKIP_LEVEL: i.SkipLevelInput,
    Move.ASSIGN_DOWN: i.AssignDownInput,
    Move.REOPEN: i.ReopenInput,
    Move.TAKE: i.TakeInput,
    Move.CALL_RESPONDER: i.CallOutcomeInput,
    Move.MERGE: i.MergeInput,
    Move.UNMERGE: i.UnmergeInput,
    Move.DISPATCH: i.DispatchInput,
    Move.CO_HANDLE: i.CoHandleInput,
    Move.SIGN_LEG: i.SignLegInput,
    Move.FINISH_LEG: i.FinishLegInput,
    Move.RETURN_LEG: i.ReturnLegInput,
    Move.WAIVE_LEG: i.WaiveLegInput,
    Move.MARK_POINTS: i.MarkPointsInput,
    Move.ASSIGN_TEAM: i.AssignTeamInput,
    Move.SIGN: i.SignInput,
    Move.FINISH: i.FinishInput,
    Move.ASK_CHECK: i.AskCheckInput,
    Move.CHECK_PASS: i.CheckPassInput,
    Move.CHECK_FAIL: i.CheckFailInput,
    Move.CLOSE: i.CloseInput,
    Move.RECALL: i.RecallInput,
    Move.ASK_EXTENSION: i.AskExtensionInput,
    Move.ASK_LEG_EXTENSION: i.AskLegExtensionInput,
    Move.ASK_SUSPENSION: i.AskSuspensionInput,
    Move.RESUME: i.ResumeInput,
    Move.ASK_CANCEL: i.AskCancelInput,
    Move.ASK_FORCE_CLOSE: i.AskForceCloseInput,
    Move.APPEAL: i.AppealInput,
    Move.URGE: i.UrgeInput,
    Move.SUPERVISE: i.SuperviseInput,
    Move.REPLY: i.ReplyInput,
    Move.CONTACT_REPORTER: i.ContactReporterInput,
    Move.ANSWER_REPORTER: i.AnswerReporterInput,
    Move.CALL_BACK: i.CallBackInput,
    Move.RETURN: i.ReturnInput,
    Move.REFUSE_RETURN: i.RefuseReturnInput,
    Move.REJECT_FEEDBACK: i.RejectFeedbackInput,
    Move.REFUSE_CLOSE: i.RefuseCloseInput,
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
