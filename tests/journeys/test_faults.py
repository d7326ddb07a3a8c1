"""What goes wrong in an ordinary week: a process dies, a session ends, two do the same, a wrong file is chosen."""

import os
import re
import signal
import time
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from deploy.local import running
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import (
    cancelled,
    closed,
    colleague_of,
    dispatched,
    filed,
    people,
    person,
    photo,
    place_of,
    report,
)
from tests.journeys.seats import DESK, SLOW, Seats, begin, choose, expect_state, send

pytestmark = pytest.mark.xdist_group("stack")
NOTE = "人行道上堆放建筑垃圾约两方，请尽快清运。"


def health(stack: RunningStack) -> dict[str, object]:
    answer: dict[str, object] = httpx.get(f"{stack.address}/health", timeout=20).json()
    return answer


def kill(stack: RunningStack, process: str) -> int:
    """End a process of the platform without a word; its pid."""
    pid = int(running.state(place_of(stack))["pids"][process])
    os.kill(pid, signal.SIGKILL)
    return pid


def eventually(condition: Callable[[], bool], seconds: float = SLOW / 1000) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.5)
    return condition()


def replaced(stack: RunningStack, process: str, pid: int) -> bool:
    return bool(running.state(place_of(stack))["pids"].get(process, pid) != pid)


def up(stack: RunningStack, process: str) -> bool:
    rows = health(stack)["processes"]
    return any(row["name"] == process and row["state"] == "up" for row in rows)  # type: ignore[attr-defined]


def cookies_of(page: Page) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}


def end_session(stack: RunningStack, cookies: dict[str, str]) -> None:
    """End the session on the server; the browser does not know it yet."""
    answer = httpx.delete(
        f"{stack.address}/api/v1/session",
        cookies=cookies,
        headers={"X-CSRFToken": cookies["csrftoken"], "Origin": stack.address},
        timeout=30,
    )
    assert answer.status_code == 204, answer.text


def test_a_screen_lives_on_when_the_live_process_is_killed(seats: Seats, stack: RunningStack) -> None:
    desk = seats.seat("acceptor", DESK)
    chip = desk.locator(".bar .chip")
    expect(chip).to_have_class(re.compile("live"), timeout=SLOW)
    pid = kill(stack, "live")
    expect(chip).to_contain_text("数据停在", timeout=SLOW)
    assert eventually(lambda: replaced(stack, "live", pid))
    expect(chip).to_have_class(re.compile("live"), timeout=SLOW)
    assert eventually(lambda: up(stack, "live"))
    with people(stack) as cast:
        event = report(cast.worker, "实时进程恢复之后")
        expect(desk.locator(f"#line-event\\:{event['id']}")).to_have_count(1, timeout=SLOW)
        cancelled(cast, event)


def test_the_cameras_come_back_when_the_video_process_is_killed(stack: RunningStack) -> None:
    with person(stack, "gridadmin") as admin:

        def online() -> set[tuple[str, str]]:
            rows = admin.all("/cameras")
            return {(row["code"], row["state_since"]) for row in rows if row["state"] == "online"}

        assert eventually(lambda: len(online()) >= 3)
        before = online()
        pid = kill(stack, "video")
        assert eventually(lambda: replaced(stack, "video", pid))
        back = {code for code, _ in before}
        assert eventually(lambda: {code for code, _ in online() - before} >= back, 150)
        assert eventually(lambda: up(stack, "video"))
        assert health(stack)["cameras"]["failing"] == []  # type: ignore[index]


def test_a_session_that_ends_in_mid_form_costs_nothing(seats: Seats, stack: RunningStack) -> None:
    with people(stack) as cast:
        event = report(cast.worker)
        desk = seats.empty(DESK)
        seats.sign_in(desk, "acceptor")  # a session of its own, for it will end
        desk.goto(f"/desk?item=event:{event['id']}")
        filing = begin(desk, "立案")
        filing.get_by_role("group", name="立案条件").get_by_role("radio").first.check()
        filing.get_by_label("说明").fill(NOTE)

        cookies = cookies_of(desk)

        def as_it_is_sent(route: Route) -> None:
            end_session(stack, cookies)
            route.continue_()

        desk.route("**/moves/file", as_it_is_sent, times=1)
        send(filing)
        dialog = desk.get_by_role("dialog", name="请重新登录")
        expect(dialog).to_be_visible(timeout=SLOW)
        expect(filing.get_by_label("说明")).to_have_value(NOTE)
        dialog.locator("input[name=password]").fill(stack.accounts["acceptor"]["password"])
        dialog.get_by_role("button", name="登录", exact=True).click()
        expect(dialog).to_have_count(0, timeout=SLOW)
        expect_state(desk, "filed")
        told = [row["note"] for row in cast.acceptor.get(f"/events/{event['id']}")["history"] if row["move"] == "file"]
        assert told == [NOTE]
        cancelled(cast, event)


def test_the_second_of_two_dispatchers_is_told_who_was_first(seats: Seats, stack: RunningStack) -> None:
    with people(stack) as cast:
        event = filed(cast, report(cast.worker))
        desk = seats.seat(colleague_of(stack, "dispatcher", "方宁"), DESK)
        desk.goto(f"/desk?item=event:{event['id']}")
        sending = begin(desk, "派遣")
        choose(sending, "主办部门", "默认主办")

        def a_moment_too_late(route: Route) -> None:
            dispatched(cast, event)
            route.continue_()

        desk.route("**/moves/dispatch", a_moment_too_late, times=1)
        send(sending)
        first = stack.accounts["dispatcher"]["name"]
        expect(desk.get_by_text(re.compile(rf"{first} \d\d:\d\d:\d\d 已接办"))).to_be_visible(timeout=SLOW)
        assert len(cast.acceptor.get(f"/events/{event['id']}")["work_orders"]) == 1
        desk.get_by_role("button", name="查看最新").click()
        expect_state(desk, "dispatched")
        cancelled(cast, event)


def test_a_wrong_file_leaves_the_form_as_it_was(seats: Seats, stack: RunningStack) -> None:
    with people(stack) as cast:
        event = dispatched(cast, filed(cast, report(cast.worker)))
        username = next(
            row["username"]
            for row in stack.accounts.values()
            if row["role"] == "department_desk" and row["unit"] == event["lead_unit"]["name"]
        )
        tickets = seats.seat(username, DESK)
        order = event["work_orders"][0]["id"]
        tickets.goto(f"/tickets?box=to_sign&ticket={order}")
        tickets.locator("section.panel").get_by_role("button", name="签收").click()
        finishing = begin(tickets, "反馈")
        finishing.get_by_label("说明").fill(NOTE)
        chosen = finishing.locator("input[type=file]")
        chosen.set_input_files({"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"this is no picture\n" * 80})
        expect(finishing.get_by_text("这不是可用的图片")).to_be_visible(timeout=SLOW)
        finishing.get_by_role("button", name="移除照片 text.jpg").click()
        chosen.set_input_files({"name": "huge.jpg", "mimeType": "image/jpeg", "buffer": bytes(21 * 1024 * 1024)})
        expect(finishing.get_by_text("文件太大（上限 15 MB）")).to_be_visible(timeout=SLOW)
        finishing.get_by_role("button", name="移除照片 huge.jpg").click()
        expect(finishing.get_by_label("说明")).to_have_value(NOTE)
        chosen.set_input_files({"name": "after.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        expect(finishing.get_by_text("已上传")).to_be_visible(timeout=SLOW)
        send(finishing)
        expect(tickets.locator(".detail header .tag[data-state=done]")).to_be_visible(timeout=SLOW)
        closed(cast, event)
