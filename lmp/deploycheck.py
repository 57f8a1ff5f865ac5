"""``manage.py check --deploy`` as production sees it: ``python -m lmp.deploycheck``.

The environment is production's, with names that exist nowhere; nothing is contacted.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "a-key-for-the-check-only-long-enough-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.lmp.example",
    "SITE_URL": "https://portal.lmp.example",
    "DATABASE_URL": "postgres://lmp:lmp@database.lmp.example/lmp",
    "REDIS_URL": "redis://queue.lmp.example/0",
    "EMAIL_URL": "smtp+tls://mail.lmp.example:587",
}


def check() -> subprocess.CompletedProcess[str]:
    """Run the check with warnings as failures; return its outcome and output."""
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ
    }
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            cwd=ROOT,
            env={**environment, **PRODUCTION, "VAR_DIR": folder},
            capture_output=True,
            text=True,
            check=False,
        )


if __name__ == "__main__":
    outcome = check()
    sys.stdout.write(outcome.stdout + outcome.stderr)
    sys.exit(outcome.returncode)
