"""The server may hold as many connections as it allows screens."""

import subprocess
import sys

import pytest

from thidua.live.open_files import allow_open_files

resource = pytest.importorskip("resource")

IN_A_PROCESS_OF_ITS_OWN = """
import resource, sys
from thidua.live.open_files import allow_open_files
usual, most, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))
print(allow_open_files(wanted), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.parametrize(
    ("usual", "most", "wanted", "limit"), [(64, 256, 128, 128), (64, 256, 1000, 256), (128, 256, 64, 128)]
)
def test_the_limit_is_raised_as_far_as_wanted_and_allowed(usual: int, most: int, wanted: int, limit: int) -> None:
    command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, *map(str, (usual, most, wanted))]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.split() == [str(limit), str(limit)]


def test_a_limit_that_is_high_enough_stays() -> None:
    usual, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert allow_open_files(1) == usual
