"""From what a failed command printed to the next thing a person should do."""

import re

_REGISTRY = (
    "A package registry did not answer. Check the network (a proxy goes into http_proxy and https_proxy), then run the "
    "same command again: it continues here."
)
_UNREACHABLE = (
    r"Temporary failure in name resolution|Could not resolve|Name or service not known|Network is unreachable"
    r"|Connection (refused|timed out|reset)|Max retries exceeded|ReadTimeoutError|ETIMEDOUT|ENOTFOUND|ECONNRE"
    r"|EAI_AGAIN|Failed to fetch|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|Could not connect"
)
_REMEDIES = (
    (r"No space left on device|Disk quota exceeded|ENOSPC|not enough free space", "The disk is full. Free some space"),
    (r"Read-only file system", "The checkout lies on a read-only disk. Clone it to a writable place"),
    (r"ensurepip is not available|No module named (ensurepip|venv)", "Python lacks venv: install python3-venv"),
    (
        r"Could not get lock|is held by process|dpkg frontend lock",
        "Another package installation is running; let it end",
    ),
    (r"dpkg was interrupted", "An earlier installation was interrupted: run `dpkg --configure -a` as root"),
    (r"Unable to locate package|has no installation candidate", "This system's package lists lack a needed package"),
    (
        r"THESE PACKAGES DO NOT MATCH THE HASHES",
        "A download differs from its recorded hash; a proxy may have changed it",
    ),
    (r"Address already in use|address in use", "A port is taken by another program"),
    (r"Cannot allocate memory|MemoryError|heap out of memory|Killed", "The machine ran out of memory. 4 GB are needed"),
    (
        r"Permission denied|EACCES|Operation not permitted",
        "A file belongs to another user. Run as the user who set it up",
    ),
)


def remedy_for(output: str, otherwise: str, *, fetches: bool = False) -> str:
    """The first remedy whose symptom appears in the output, else the one that the step itself suggests.

    `fetches` tells that the step asks a package registry, so that a refused connection means the registry.
    """
    for pattern, remedy in _REMEDIES:
        if re.search(pattern, output):
            return f"{remedy}, then run the same command again."
    return _REGISTRY if fetches and re.search(_UNREACHABLE, output) else otherwise
