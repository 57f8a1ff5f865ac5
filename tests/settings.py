"""The project's settings for a test run: everything embedded unless the environment says other.

``DATABASE_URL`` and ``REDIS_URL`` turn the same suite on PostgreSQL and Redis.
"""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="lmp-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ["HTTPS"] = "0"
os.environ["DEMO"] = "0"
os.environ["DEBUG"] = "0"

from lmp.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SITE_URL = "https://portal.lmp.example"
