"""Drafts of boundaries over HTTP: lists, the tree as it would be, checks, steps of drawing, moves."""

from collections.abc import Callable
from typing import Any

import shapely
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions import draft_edits, draft_moves, draft_undo
from grids.actions.drafts import open_draft
from grids.api.draft_serializers import (
    BorderQuerySerializer,
    DraftListQuerySerializer,
    MoveSerializer,
    NewDraftSerializer,
    ParentQuerySerializer,
    PlanQuerySerializer,
    StepSerializer,
)
from grids.draft_shapes import (
    DraftBorder,
    DraftChecks,
    DraftDetail,
    DraftHistory,
    DraftList,
    DraftPlan,
    DraftStep,
    ProposedCodes,
)
from grids.lifecycle import DraftMove
from grids.models import Area, BoundaryDraft
from grids.queries.draft_checks import BLOCKS, check_draft
from grids.queries.draft_plan import plan_around
from grids.queries.drafts import PEOPLE, draft_detail, draft_history, draft_rows, geojson, plan_rows
from grids.rules.drawing import shared_border


def visible_draft(actor: Actor, draft_id: int) -> BoundaryDraft:
    """The draft if the actor may see it; else it does not exist."""
    draft: BoundaryDraft | None = (
        BoundaryDraft.objects.visible_to(actor).select_related(*PEOPLE).filter(pk=draft_id).first()
    )
    if draft is None:
        raise NotFound()
    return draft


def given(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    values: dict[str, Any] = serializer.validated_data
    return values


class DraftListView(APIView):
    """Drafts of the actor's areas, the newest first."""

    @extend_schema(operation_id="area_drafts_list", parameters=[DraftListQuerySerializer], responses=DraftList)
    def get(self, request: Request) -> Response:
        query = given(DraftListQuerySerializer(data=request.query_params))
        return Response({"items": draft_rows(actor_of(request), under=query["under"])})

    @extend_schema(operation_id="area_drafts_open", request=NewDraftSerializer, responses={201: DraftDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        actor, values = actor_of(request), given(NewDraftSerializer(data=request.data))
        root = Area.objects.visible_to(actor).current().filter(path=values["root_path"]).first()
        if root is None:
            raise NotFound()
        draft = open_draft(root=root, title=values["title"], actor=actor)
        return Response(draft_detail(visible_draft(actor, draft.pk), actor), status=status.HTTP_201_CREATED)


class DraftView(APIView):
    """One draft with what it changes."""

    @extend_schema(operation_id="area_drafts_get", responses=DraftDetail)
    def get(self, request: Request, draft_id: int) -> Response:
        actor = actor_of(request)
        return Response(draft_detail(visible_draft(actor, draft_id), actor))


class DraftPlanView(APIView):
    """Outlines of one level as the draft would leave them, below a path (the draft's root)."""

    @extend_schema(operation_id="area_drafts_plan", parameters=[PlanQuerySerializer], responses=DraftPlan)
    def get(self, request: Request, draft_id: int) -> Response:
        draft = visible_draft(actor_of(request), draft_id)
        query = given(PlanQuerySerializer(data=request.query_params))
        under = query["under"] or draft.root.path
        if not f"{under}.".startswith(f"{draft.root.path}."):
            raise NotFound()
        return Response({"version": draft.version, "areas": plan_rows(draft, under=under, level=query["level"])})


class DraftChecksView(APIView):
    """What is wrong with the draft, those that block first."""

    @extend_schema(operation_id="area_drafts_checks", responses=DraftChecks)
    def get(self, request: Request, draft_id: int) -> Response:
        draft = visible_draft(actor_of(request), draft_id)
        findings = check_draft(draft)
        blocking = sum(one.severity == BLOCKS for one in findings)
        items = [one.as_json() for one in findings]
        return Response({"version": draft.version, "blocking": blocking, "items": items})


class DraftBorderView(APIView):
    """The line between two neighbours, as the draft has them: what is moved by moving their border."""

    @extend_schema(operation_id="area_drafts_border", parameters=[BorderQuerySerializer], responses=DraftBorder)
    def get(self, request: Request, draft_id: int) -> Response:
        draft = visible_draft(actor_of(request), draft_id)
        query = given(BorderQuerySerializer(data=request.query_params))
        plan = plan_around(draft, [query["one"], query["other"]])
        pair = [plan.by_ref.get(query[name]) for name in ("one", "other")]
        if pair[0] is None or pair[1] is None:
            raise NotFound()
        line = shared_border(pair[0].outline, pair[1].outline)
        return Response({"line": None if line is None else geojson(line)})


class DraftCodesView(APIView):
    """The codes that the rule gives to everything directly below an area."""

    @extend_schema(operation_id="area_drafts_codes", parameters=[ParentQuerySerializer], responses=ProposedCodes)
    def get(self, request: Request, draft_id: int) -> Response:
        draft = visible_draft(actor_of(request), draft_id)
        parent = given(ParentQuerySerializer(data=request.query_params))["parent"]
        plan = plan_around(draft, [parent], children=True)
        codes = draft_edits.codes_by_rule(plan, parent)
        items = [
            {"ref": ref, "name": plan.by_ref[ref].name, "present": plan.by_ref[ref].code, "code": code}
            for ref, code in sorted(codes.items(), key=lambda pair: pair[1])
        ]
        return Response({"items": items})


class DraftHistoryView(APIView):
    """Every step and move of the draft, the newest first."""

    @extend_schema(operation_id="area_drafts_history", responses=DraftHistory)
    def get(self, request: Request, draft_id: int) -> Response:
        return Response({"items": draft_history(visible_draft(actor_of(request), draft_id))})


class DraftStepView(APIView):
    """One step of drawing, on the version the person saw; 409 `stale_version` where a colleague drew meanwhile."""

    @extend_schema(operation_id="area_drafts_step", request=StepSerializer, responses=DraftStep)
    @idempotent
    def post(self, request: Request, draft_id: int) -> Response:
        actor = actor_of(request)
        draft = visible_draft(actor, draft_id)
        values = given(StepSerializer(data=request.data))
        tool = values.pop("tool")
        refs = STEPS[tool](values | {"draft_id": draft.pk, "actor": actor})
        return Response({"draft": draft_detail(visible_draft(actor, draft_id), actor), "refs": refs})


class DraftMoveView(APIView):
    """The draft is submitted, taken back, returned, published (at a time) or withdrawn."""

    @extend_schema(operation_id="area_drafts_move", request=MoveSerializer, responses=DraftDetail)
    @idempotent
    def post(self, request: Request, draft_id: int) -> Response:
        actor = actor_of(request)
        draft = visible_draft(actor, draft_id)
        values = given(MoveSerializer(data=request.data))
        base = {"draft_id": draft.pk, "version": values["version"], "actor": actor}
        match values["move"]:
            case DraftMove.SUBMIT:
                draft_moves.submit_draft(**base)
            case DraftMove.TAKE_BACK:
                draft_moves.take_back_draft(**base)
            case DraftMove.RETURN:
                draft_moves.return_draft(**base, reason=values["reason"])
            case DraftMove.PUBLISH:
                draft_moves.publish_draft_now(**base, effective_at=values["effective_at"])
            case DraftMove.WITHDRAW:
                draft_moves.withdraw_draft(**base, reason=values["reason"])
        return Response(draft_detail(visible_draft(actor, draft_id), actor))


Values = dict[str, Any]


def _base(values: Values) -> Values:
    return {name: values[name] for name in ("draft_id", "version", "actor")}


def _split(values: Values) -> list[str]:
    return draft_edits.split_area(**_base(values), ref=values["refs"][0], line=values["line"])


def _merge(values: Values) -> list[str]:
    return [draft_edits.merge_areas(**_base(values), refs=values["refs"])]


def _border(values: Values) -> list[str]:
    draft_edits.move_border(**_base(values), refs=values["refs"], line=values["line"])
    return list(values["refs"])


def _draw(values: Values) -> list[str]:
    given_on = {name: values[name] for name in ("name", "households") if name in values}
    outline: shapely.Geometry = values["outline"]
    return [draft_edits.draw_area(**_base(values), parent=values["parent"], outline=outline, **given_on)]


def _write(values: Values) -> list[str]:
    written: Values = {name: values[name] for name in ("name", "code", "households", "outline") if name in values}
    draft_edits.write_on_area(**_base(values), ref=values["refs"][0], values=written)
    return [values["refs"][0]]


def _close(values: Values) -> list[str]:
    draft_edits.give_up_area(**_base(values), ref=values["refs"][0])
    return []


def _forget(values: Values) -> list[str]:
    draft_edits.forget_change(**_base(values), ref=values["refs"][0])
    return []


def _renumber(values: Values) -> list[str]:
    return sorted(draft_edits.renumber(**_base(values), parent=values["parent"]))


def _undo(values: Values) -> list[str]:
    draft_undo.undo_step(**_base(values))
    return []


def _choose(values: Values) -> list[str]:
    draft_undo.choose_side(**_base(values), ref=values["refs"][0], mine=values["mine"])
    return [values["refs"][0]]


STEPS: dict[str, Callable[[Values], list[str]]] = {
    "split": _split,
    "merge": _merge,
    "border": _border,
    "draw": _draw,
    "write": _write,
    "close": _close,
    "forget": _forget,
    "renumber": _renumber,
    "undo": _undo,
    "choose": _choose,
}
