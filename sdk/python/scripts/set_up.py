"""Creates a virtual environment with what the tests need, unless it is there already.

It is below `node_modules`, where no tool of the repository looks at its files.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT.parents[1] / "node_modules" / ".cache" / "latchkey-python"
MARKER = ENVIRONMENT / "installed"

REQUIREMENTS = (ROOT / "requirements-dev.txt").read_text()


def main() -> None:
    if sys.version_info < (3, 10):  # noqa: UP036 - python3 may be older
        sys.exit(f"sdk/python needs Python 3.10 or later; python3 is {sys.version.split()[0]}.")
    wanted = hashlib.sha256(f"{sys.version} {ROOT} {REQUIREMENTS}".encode()).hexdigest()
    ENVIRONMENT.parent.mkdir(parents=True, exist_ok=True)
    with ENVIRONMENT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if MARKER.exists() and MARKER.read_text() == wanted:
            return
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        if importlib.util.find_spec("ensurepip") is None:
            sys.exit("sdk/python needs Python with venv and pip: on Debian and Ubuntu, install python3-venv.")
        venv.create(ENVIRONMENT, with_pip=True)
        pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-r", str(ROOT / "requirements-dev.txt")], check=True)
        MARKER.write_text(wanted)


main()
