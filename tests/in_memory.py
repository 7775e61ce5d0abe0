"""Has tests write their files to memory: there a commit waits for no disk, which is a third of the time of many tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

#: what Linux offers
MEMORY = Path("/dev/shm")
#: a run needs far less at any moment; a container may have 64 MB there
ENOUGH = 4 * 1024**3


def write_there() -> None:
    """Makes memory the place of temporary files, of this process and those it starts. Where somebody has named another place,
    or where there is too little memory, nothing changes."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH:
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
