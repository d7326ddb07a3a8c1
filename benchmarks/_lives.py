"""One worker of `bench-city`: whole lives of events, one after another, through the real actions. JSON on stdout.

`--profile FILE` keeps a cProfile of the counted part.
"""

import argparse
import cProfile
import json
import os
import random
import time
from importlib import import_module
from typing import Any

import django


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, required=True)
    words.add_argument("--warm", type=float, default=2.0)
    words.add_argument("--seed", type=int, required=True)
    words.add_argument("--profile")
    chosen = words.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.base", "DEBUG": "0", "PROCESS_NAME": "bench"}
    django.setup()
    print(json.dumps(_work(chosen)))


def _work(chosen: argparse.Namespace) -> dict[str, Any]:
    lives = import_module("benchmarks._plain_life").PlainLives(random.Random(chosen.seed))
    until = time.monotonic() + chosen.warm
    while time.monotonic() < until:
        lives.live()
    profile = cProfile.Profile() if chosen.profile else None
    if profile:
        profile.enable()
    begun, cpu, count = time.monotonic(), time.process_time(), 0
    lives.moves.clear()
    while time.monotonic() - begun < chosen.seconds:
        lives.live()
        count += 1
    seconds, used = time.monotonic() - begun, time.process_time() - cpu
    if profile:
        profile.disable()
        profile.dump_stats(chosen.profile)
    return {"lives": count, "seconds": seconds, "cpu": used, "moves": lives.moves}


if __name__ == "__main__":
    main()
