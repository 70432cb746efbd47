"""python worker.py: prints and signs for the server that started it, until that server goes.

It runs with lower priority, without network, without the server's environment, and reads no file but typefaces,
templates and Python's own. It enters our package without ``thidua/__init__.py``: the whole web would take a second
and forty megabytes that this process does not need.
"""

import sys
import types
from pathlib import Path

OURS = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    package = types.ModuleType("thidua")
    package.__path__ = [str(OURS)]
    sys.modules["thidua"] = package
    sys.path[0] = str(OURS.parent)  # the folder of this file would offer its names to everybody

    from thidua.doors.pdf.jobs import serve

    serve()
