"""Parts of a file, so that a clip can be wound without the front."""

import re
from io import SEEK_END
from typing import IO

from django.http import HttpRequest, HttpResponse

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")
LONGEST_PART = 4 * 1024 * 1024


def ranged(request: HttpRequest, content: IO[bytes], content_type: str) -> HttpResponse | None:
    """206 for a single range, 416 for one outside the file, None where the whole file is asked for.

    The caller closes `content`."""
    asked = RANGE.match(request.headers.get("Range", ""))
    if asked is None or asked.group(0) == "bytes=-":
        return None
    size = content.seek(0, SEEK_END)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) if first and last else size - 1, size - 1, start + LONGEST_PART - 1)
    if start >= size or end < start:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    content.seek(start)
    part = content.read(end - start + 1)
    headers = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return HttpResponse(part, status=206, content_type=content_type, headers=headers)
