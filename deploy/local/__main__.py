"""Yiwang's commands on one machine; the Makefile calls them.

run            set up what is missing, start everything, stay until Ctrl-C
up, down       the same in the background
loop [...]     play the main job once against the stack
test [...]     every test; further words go to pytest
check          format, lint, types, import contracts, schema drift
format         put the code into the agreed format
lock           compute the pinned requirements anew
bench NAME     run one benchmark
algorithms [NAME]  try the video algorithms on their test clips
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - says so in words instead of failing on newer syntax
    sys.exit(
        "Yiwang needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.11"
    )

from deploy.local.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
