"""How many files and connections this process may have open: the usual 1,024 are fewer than the screens we serve."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


def allow_open_files(wanted: int) -> int:
    """Raise the process's own limit to `wanted`, or as far as the system allows; returns the limit.

    With fewer than wanted the server works on; what cannot be opened is tried again by the screens.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit on sockets
        return wanted
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if usual == resource.RLIM_INFINITY or usual >= wanted:
        return usual
    limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
    except (OSError, ValueError) as error:  # macOS allows less than it says
        log.warning("no more than %s open files: %s", usual, error)
        return usual
    return limit
