"""The project's settings for a test run: everything embedded unless the environment says other.

``DATABASE_URL`` and ``REDIS_URL`` turn the same suite on PostgreSQL and Redis.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="lmp-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("QUEUE_URL", "memory://")
os.environ["ENV_FILE"] = os.devnull
os.environ["HTTPS"] = "0"
os.environ["DEMO"] = "0"
os.environ["DEBUG"] = "0"

from lmp.queues import queue_settings
from lmp.settings import *  # noqa: F403
from lmp.settings import DATABASES, REDIS_URL, STORAGES, VAR_DIR

SITE_URL = "https://portal.lmp.example"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Queues and a cache of its own for each pytest-xdist worker (main, gw0, gw1 …).
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
vars().update(queue_settings(f"lmp-test-{WORKER}-"))
PDF_PATIENCE = 0.0  # There is no worker beside most tests: who asks for a PDF makes it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    number = 1 + int(WORKER.removeprefix("gw").replace("main", "14"))
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": urlsplit(REDIS_URL)._replace(path=f"/{number}").geturl(),
    }

# Straight from static/: no collectstatic before a test run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# On SQLite the tables are made from the models, which takes a tenth of the time; the migrations are
# run by the suite on PostgreSQL and by `make run`, and lint says when they differ from the models.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    MIGRATION_MODULES = dict.fromkeys(("actors", "cohorts", "meetings"))

# A file, so that a live server's threads and a worker see what a test wrote.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
