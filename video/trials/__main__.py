"""`make algorithms`: watches every test clip through the real RTSP server with the real camera loop and the declared
starting parameters, and prints how well each algorithm did. Exits with 0 only when each told of what is in its
positive clip and of nothing else. One whose model is for the site to choose and is not there is named; it does not
count as passed.

Usage: python -m video.trials [NAME …] [--write | --describe] [--side-by-side N]; a NAME is an algorithm.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

from video.rules.algorithms import Algorithm, read_algorithms
from video.trials import described, report
from video.trials.clips import TrialClip, make_clips, read_truth
from video.trials.report import measured, put_between, table_of
from video.trials.scoring import Score, Told, missing, score
from video.trials.server import rtsp_server
from video.trials.watching import NO_MODEL, NotWatched, sight_for, watch_file, watch_streams

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "ALGORITHMS.md"


def main(words: list[str]) -> int:
    arguments = _arguments(words)
    if arguments.describe:
        describe()
        return 0
    algorithms = read_algorithms()
    chosen = {code: algorithms[code] for code in arguments.names or algorithms}
    model_dir, clip_dir = Path(os.environ["MODEL_DIR"]), Path(os.environ["CLIPS_DIR"])
    accepted = os.environ.get("MODEL_LICENCES", "").replace(",", " ").split()
    clips = [clip for clip in read_truth() if clip.algorithm in chosen]
    lacking = {code: sight_for(algorithm, model_dir, accepted).missing for code, algorithm in chosen.items()}
    watched = [clip for clip in clips if not lacking[clip.algorithm]]
    files = make_clips(watched, clip_dir / "sources", clip_dir / "trials", _say)
    side_by_side = arguments.side_by_side or 4 * (os.cpu_count() or 2)
    way = "as fast as they decode" if arguments.files else f"through the RTSP server, {side_by_side} at a time"
    _say(f"watching {len(watched)} clips {way}")
    if arguments.files:
        answers: dict[str, list[Told] | NotWatched] = {
            clip.name: watch_file(clip, files[clip.name], model_dir, accepted) for clip in watched
        }
    else:
        answers = _through_the_server(watched, clip_dir, model_dir, accepted, side_by_side)
    told = {name: answer for name, answer in answers.items() if not isinstance(answer, NotWatched)}
    for clip in watched:
        if clip.name not in told:
            lacking[clip.algorithm] = f"not watched: {answers[clip.name]}"
    scores = [_score(algorithm, clips, told, lacking[code]) for code, algorithm in chosen.items()]
    _print(scores, watched, told)
    if arguments.write and not arguments.names:
        put_between(PAGE, report.BEGINS, report.ENDS, measured(scores, watched, through_server=not arguments.files))
        describe()
        _say(f"written into {PAGE.relative_to(ROOT)}")
    return 0 if all(one.passed or _is_allowed_to_lack(one, chosen[one.algorithm]) for one in scores) else 1


def _through_the_server(
    clips: list[TrialClip], clip_dir: Path, model_dir: Path, accepted: list[str], side_by_side: int
) -> dict[str, list[Told] | NotWatched]:
    with tempfile.TemporaryDirectory() as media, rtsp_server(clip_dir / "trials") as address:
        return watch_streams(
            clips,
            address,
            model_dir,
            Path(media),
            side_by_side=side_by_side,
            accepted=accepted,
            runners=max(1, (os.cpu_count() or 2) - 1),
        )


def _is_allowed_to_lack(one: Score, algorithm: Algorithm) -> bool:
    return algorithm.opt_in_model and one.missing.startswith(NO_MODEL)


def describe() -> None:
    """Writes what is declared of each algorithm into the page anew."""
    put_between(PAGE, described.BEGINS, described.ENDS, described.described(read_algorithms(), read_truth()))


def _score(algorithm: Algorithm, clips: list[TrialClip], told: dict[str, list[Told]], lacking: str) -> Score:
    mine = [clip for clip in clips if clip.algorithm == algorithm.code]
    rule_seconds = float(algorithm.completed({})["seconds"])
    return (
        missing(algorithm.code, rule_seconds, lacking) if lacking else score(algorithm.code, mine, told, rule_seconds)
    )


def _print(scores: list[Score], watched: list[TrialClip], told: dict[str, list[Told]]) -> None:
    for clip in watched:
        if clip.name not in told:
            continue
        found = ", ".join(f"{alert.second:.1f} s" for alert in told[clip.name]) or "silent"
        true = ", ".join(f"{begins:g} to {ends:g} s" for begins, ends in clip.positive) or "nothing to tell"
        print(f"  {clip.name:26} {'composed' if clip.composed else 'real':9} true: {true:18} told: {found}")
    print()
    print(table_of(scores))
    failed = [one.algorithm for one in scores if not (one.passed or one.missing)]
    absent = [one.algorithm for one in scores if one.missing]
    print(
        f"\n{sum(one.passed for one in scores)} of {len(scores)} algorithms told of what was there and of nothing else."
    )
    if absent:
        print(f"Not run, so not counted as passed: {', '.join(absent)}.")
        for one in scores:
            if one.missing:
                print(f"  {one.algorithm}: {one.missing}")
    if failed:
        print(f"Failed: {', '.join(failed)}.")


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make algorithms", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *read_algorithms()], metavar="ALGORITHM")
    parser.add_argument("--write", action="store_true", help="put the table into docs/ALGORITHMS.md")
    parser.add_argument("--files", action="store_true", help="as fast as files decode, without server and camera loop")
    parser.add_argument("--describe", action="store_true", help="only write the declarations into docs/ALGORITHMS.md")
    parser.add_argument("--side-by-side", type=int, default=0, help="clips watched at a time")
    return parser.parse_args(words)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="  %(name)s: %(message)s")
    try:
        sys.exit(main(sys.argv[1:]))
    except NotWatched as failure:
        sys.exit(f"  {failure}")
