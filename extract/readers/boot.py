"""How a child process starts: without network first, while it still has one thread."""

import sys

from approvals.settings import PROJECT_ROOT

NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
"""CLONE_NEWUSER | CLONE_NEWNET. A new user namespace needs no rights but a process of one thread.

Where the system forbids such namespaces the network stays; the parsers never use it.
"""


def child_command(call: str, *arguments: str) -> list[str]:
    """Return the command line of an isolated interpreter that calls a function of `child`.

    Args:
        call: the call, in which `sys.argv[2]` and so on are the arguments.
        arguments: what the call is given.
    """
    program = (
        f"import ctypes, sys; ctypes.CDLL(None).unshare({NEW_USER_AND_NETWORK}); "
        f"sys.path.insert(0, sys.argv[1]); from extract.readers import child; child.{call}"
    )
    return [sys.executable, "-I", "-c", program, str(PROJECT_ROOT), *arguments]
