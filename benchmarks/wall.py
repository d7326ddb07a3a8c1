"""What a wall costs and how late it is: `make bench-wall`.

On a running platform (YIWANG_STACK_URL and YIWANG_STACK_VAR, else the one of `make run`) a browser is paired as a wall.
Measured are: from loading the page to its first figures and to the drawn map, with the name of what draws; from sending
a report to its number on the wall; an hour's updates (6,850 events a day, eight moves each) in five minutes, said to
the page's socket, and what the page then holds; and a cut of twenty seconds in which fifty events are missed, each of
which must be shown once.
"""

import os
import platform
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks._wall_page import RENDERER, SLOW_MS, WATCH, Wire, heap_megabytes, open_count, wait_for
from deploy.local import running
from deploy.local.place import Place
from simulator.loop.accounts import read_accounts
from simulator.loop.camera import place_in
from simulator.loop.cast import Cast

REPORTS, MISSED, CUT_SECONDS = 40, 50, 20
HOURLY = round(6850 / 24 * 8)
SOAK_SECONDS = int(os.environ.get("SOAK_SECONDS", "300"))
GOAL_LATE, GOAL_FIRST, GOAL_GROWTH = 2.0, 3.0, 0.10
DRAWING = ["--no-sandbox", "--use-gl=angle", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
SOFTWARE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PENDING = "document.querySelectorAll('.tiles .tile').length > 0 && !document.querySelector('.tiles .pending')"


def report(cast: Cast, place: dict[str, float], words: str) -> Any:
    return cast.worker.post("/events", type_code="exposed_rubbish", description=words, **place)


def cancel(cast: Cast, event: Any) -> None:
    """Taken off the wall again, as a dispatcher asks and the duty chief allows."""
    path = f"/events/{event['id']}/moves/ask_cancel"
    asked = cast.dispatcher.post(path, version=event["version"], reason="测量结束。")["requests"][-1]
    cast.chief.post(f"/requests/{asked['id']}/moves/grant", version=asked["version"])


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def late(page: Any, cast: Cast, place: dict[str, float]) -> list[float]:
    """Seconds from sending each report to the number that counts it on the wall. One after the other: on a platform
    that is at work, others' events come and go between them."""
    page.evaluate(WATCH)
    made, found = [], []
    for number in range(1, REPORTS + 1):
        higher = f"(value) => Number(value) > {open_count(page)}"
        page.evaluate("window.__drawn = {}")
        sent = time.time() * 1000
        made.append(report(cast, place, f"大屏时延试验 {number}"))
        wait_for(page, f"Object.keys(window.__drawn).some({higher})")
        drawn = page.evaluate(
            f"Object.entries(window.__drawn).filter(([value]) => ({higher})(value)).map(([, at]) => at)"
        )
        found.append((min(drawn) - sent) / 1000)
        page.wait_for_timeout(500)
    for event in made:
        cancel(cast, event)
    return found


def soak(page: Any, wire: Wire) -> tuple[list[float], int]:
    """Heap after each tenth of the soak, and how many updates it was told."""
    devtools = page.context.new_cdp_session(page)
    assert wire.sample is not None
    shape, heap, told = wire.sample, [heap_megabytes(page, devtools)], 0
    begun = time.perf_counter()
    for tenth in range(1, 11):
        while told < HOURLY * tenth // 10:
            due = (time.perf_counter() - begun) / SOAK_SECONDS * HOURLY
            while told < min(due, HOURLY * tenth // 10):
                told += 1
                wire.say(another(shape, told))
            page.wait_for_timeout(40)
        heap.append(heap_megabytes(page, devtools))
    return heap, told


def another(shape: dict[str, Any], number: int) -> dict[str, Any]:
    """A change of one of 400 events. Without a position: the page applies it and keeps its place in the real stream."""
    event_id, state = 10_000_000 + number % 400, "handling" if number % 3 else "closed"
    row = shape["payload"]["row"] | {"id": event_id, "version": number, "state": state}
    payload = shape["payload"] | {"id": event_id, "version": number, "row": row}
    return {"type": "latest", "items": [{"type": "event.changed", "payload": payload}]}


def missed(page: Any, wire: Wire, cast: Cast, place: dict[str, float]) -> dict[str, int]:
    """Fifty events during a cut; how many came, how often, and whether the wall counts them."""
    wait_for(page, PENDING)
    page.reload()
    wait_for(page, PENDING)
    page.wait_for_timeout(3000)
    base = open_count(page)
    wire.reported.clear()
    wire.cut()
    begun = time.perf_counter()
    made = [report(cast, place, f"断线试验 {number}") for number in range(MISSED)]
    page.wait_for_timeout(max(0.0, CUT_SECONDS - (time.perf_counter() - begun)) * 1000)
    wire.joined = True
    ids = {event["id"] for event in made}
    count = "Number(document.querySelectorAll('.tiles .tile .value')[1].textContent.replace(/,/g, ''))"
    wait_for(page, f"{count} === {base + MISSED}")
    page.wait_for_timeout(3000)
    came = [one for one in wire.reported if one in ids]
    for event in made:
        cancel(cast, event)
    return {"missed": MISSED, "came": len(set(came)), "doubled": len(came) - len(set(came)), "resets": wire.resets}


def main() -> None:
    here = Place.here()
    address = os.environ.get("YIWANG_STACK_URL") or str(running.state(here).get("address", ""))
    var = Path(os.environ.get("YIWANG_STACK_VAR") or here.var)
    if not address:
        raise SystemExit("wall: needs a running platform. Start one with `make run` in another terminal.")
    with ExitStack() as opened, sync_playwright() as playwright:
        cast = Cast(address, read_accounts(var / "sample-accounts.json"), opened)
        options = DRAWING if os.environ.get("WALL_GPU") else DRAWING + SOFTWARE
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        page = browser.new_context(
            base_url=address, viewport={"width": 1920, "height": 1080}, reduced_motion="reduce"
        ).new_page()
        page.set_default_timeout(SLOW_MS)
        wire = Wire()
        wire.lay(page)
        page.goto("/wall")
        wait_for(page, "/^\\d{3} \\d{3}$/.test(document.querySelector('[data-code]')?.textContent ?? '')")
        code = page.locator("[data-code]").inner_text().replace(" ", "")
        district = cast.chief.get("/session")["district"]
        wall = cast.chief.post("/walls/pair", code=code, name=f"bench {code}", area_path=district["path"])["wall"]
        wait_for(page, PENDING)
        first = []
        for _ in range(3):
            begun = time.perf_counter()
            page.goto("/wall", wait_until="commit")
            wait_for(page, PENDING)
            figures = time.perf_counter() - begun
            wait_for(page, "window.__ready === true")
            first.append((figures, time.perf_counter() - begun))
        renderer = page.evaluate(RENDERER)
        lng, lat = place_in(cast.administrator, cast.worker_grid())
        place = {"lng": lng, "lat": lat}
        delays = late(page, cast, place)
        gap = missed(page, wire, cast, place)
        heap, told = soak(page, wire)
        last = cast.chief.get(f"/walls/{wall['id']}")["wall"]
        cast.chief.post(f"/walls/{wall['id']}/revoke", version=last["version"])
        browser.close()
    print_all(first, renderer, delays, heap, told, gap)


def print_all(
    first: list[tuple[float, float]],
    renderer: str,
    delays: list[float],
    heap: list[float],
    told: int,
    gap: dict[str, int],
) -> None:
    figures, drawn = (statistics.median(column) for column in zip(*first, strict=True))
    is_software = "SwiftShader" in renderer or "llvmpipe" in renderer
    growth = (heap[-1] - heap[1]) / heap[1]
    by = "software GL" if is_software else "GPU"
    median, tail = percentile(delays, 0.5), percentile(delays, 0.95)
    held = " ".join(f"{one:.0f}" for one in heap)
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.0f}, drawn by {renderer}\n")
    print(f"first figures after load      {figures:6.1f} s   (median of {len(first)})")
    print(f"map drawn after load          {drawn:6.1f} s   {by}")
    print(f"report → number on the wall   p50 {median:.2f} s, p95 {tail:.2f} s, {len(delays)} reports")
    print(f"heap, {told} updates in {SOAK_SECONDS} s   {held} MB")
    print(
        f"cut of {CUT_SECONDS} s                 {gap['came']} of {gap['missed']} came, "
        f"{gap['doubled']} doubled, {gap['resets']} resets"
    )
    met = (
        tail < GOAL_LATE
        and growth < GOAL_GROWTH
        and (gap["came"], gap["doubled"]) == (gap["missed"], 0)
        and (is_software or drawn < GOAL_FIRST)
    )
    drawing = "software GL, no goal" if is_software else f"a GPU, goal < {GOAL_FIRST:.0f} s"
    print(
        f"\nwall: event → wall p95 {tail:.2f} s (goal < {GOAL_LATE:.0f} s), picture after {drawn:.1f} s ({drawing}), "
        f"heap {growth:+.0%} over an hour's updates (goal < +{GOAL_GROWTH:.0%}), {gap['came']} of {gap['missed']} "
        f"missed events shown, {gap['doubled']} twice {'met' if met else 'short'}"
    )
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
