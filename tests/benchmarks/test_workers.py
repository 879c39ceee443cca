from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.workers import family, memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def test_memory_counts_the_children() -> None:
    alone = memory(os.getpid())
    program = "import sys; x = bytearray(50 << 20); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in family(os.getpid())
        assert memory(os.getpid()) > alone + 40
        child.communicate()
