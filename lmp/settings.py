"""Settings, in one file. Every secret and address comes from the environment; unset means the
embedded default: SQLite, a file-based queue and a database cache, all under ``var/``.

Sections: mode, paths, secrets and hosts, apps, middleware, templates, database, cache, queue,
e-mail, sign-in, language, static files, security, forms, logs.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from lmp.queues import queue_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- mode --------------------------------------------------------------------------------------
# DEMO: fictional people, one-click sign-in, loopback only. DEBUG: a developer's machine.
# Neither: production. HTTPS is expected in production and nowhere else.
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))

if DEMO and DEBUG:
    raise ImproperlyConfigured("DEMO=1 runs with DEBUG off: unset one of them.")

# --- paths -------------------------------------------------------------------------------------
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
REGISTER_DIR = BASE_DIR / "actors" / "data" / "register"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
for folder in (VAR_DIR, STATIC_ROOT):
    folder.mkdir(parents=True, exist_ok=True)

# --- secrets and hosts -------------------------------------------------------------------------


def kept_secret(path: Path) -> str:
    """Return the secret in ``path``; make a random one, readable by its owner only, at first."""
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or kept_secret(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where links in e-mails point, without a slash at the end.
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}")

if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise ImproperlyConfigured(
        "DEMO=1 lets anyone sign in as anyone and serves this machine only: "
        f"ALLOWED_HOSTS may hold nothing but {', '.join(LOOPBACK)}."
    )

# --- apps --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "lmp",
    "reports",
    "meetings",
    "cohorts",
    "actors",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "django_htmx",
    "django_structlog",
    "template_partials",
]
ROOT_URLCONF = "lmp.urls"
WSGI_APPLICATION = "lmp.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- middleware --------------------------------------------------------------------------------
MIDDLEWARE = [
    "lmp.middleware.LoopbackOnlyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "actors.middleware.RoleContextMiddleware",
    "actors.middleware.PersonLanguageMiddleware",
    "actors.middleware.TaskSessionMiddleware",
    "actors.middleware.StaffSecondFactorMiddleware",
]

# --- templates ---------------------------------------------------------------------------------
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lmp.context.site",
                "lmp.context.engine",
                "actors.context.role_context",
                "actors.context.menu",
            ],
        },
    },
]

# --- database ----------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE is the decisive one: a read-then-write transaction waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps the connections
    DATABASES["default"]["OPTIONS"] = {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL_SIZE", default=4),
            "timeout": 10,
        }
    }

# --- cache -------------------------------------------------------------------------------------
# Shared by all processes: the rate limits of sign-in live there.
REDIS_URL = env("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "lmp_cache"}
    )
}

# --- queue -------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or env("QUEUE_URL", default="filesystem://localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A task that takes longer is killed with its process; the next tick finds what it left. There is no
# softer limit: an exception in the middle of a mail could not be told from a fault of its line.
CELERY_TASK_TIME_LIMIT = 600  # seconds; less than a message stays out of sight (visibility_timeout)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_TIMEZONE = "Europe/Oslo"
CELERY_BEAT_SCHEDULER = "lmp.beat:Scheduler"
vars().update(queue_settings())
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
elif CELERY_BROKER_URL.startswith("filesystem"):
    queue = VAR_DIR / "queue"
    (queue / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(queue / "control"),
        "polling_interval": 0.1,
    }

# --- PDF ---------------------------------------------------------------------------------------
PDF_WAIT = 2.0
"""Seconds that who asks for a PDF waits for it before a page says that it is being made."""
PDF_PATIENCE = 15.0
"""Seconds without a worker after which the web server makes it itself."""

# --- e-mail ------------------------------------------------------------------------------------
# In the demo nothing leaves the machine: the mails are read at /postkasse/.
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
elif DEMO:
    EMAIL_BACKEND = "actors.mailbox.MailboxBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Læringsmiljøprosjektet <post@lmp.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whom the pages name for help and for personvern.
CONTACT_EMAIL = env("CONTACT_EMAIL", default="post@lmp.example")
EMAIL_TIMEOUT = 20

# Who says whether a notice that waits is still needed, by the first word of its subject.
NOTICE_CHECKS = {
    "obligation": "meetings.actions.reminder.recheck.still_due",
    "meeting": "meetings.actions.reminder.recheck.coming_up",
    "invitation": "meetings.actions.reminder.recheck.not_answered",
}

# Who says what has become of the task behind a link in a mail: filed by whom, or fallen away.
TASK_STATES = {
    "obligation": "meetings.views.task_state.state_of_duty",
}

# --- sign-in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "actors.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "actors:demo_sign_in" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/min-side/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
ACCOUNT_ADAPTER = "actors.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password: sign-in is by a code in an e-mail
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # same answer, no mail: nobody learns who has an account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if HTTPS else 0)
MFA_ADAPTER = "actors.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # when and from where each page was read is nobody's business
SOCIALACCOUNT_ADAPTER = "actors.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_FORMS = {"disconnect": "actors.forms.connections.DisconnectForm"}


def oidc_apps() -> list[dict[str, Any]]:
    """Return Feide and ID-porten, each only when its client id is in the environment."""
    apps: list[dict[str, Any]] = []
    if client_id := env("FEIDE_CLIENT_ID", default=""):
        apps.append(
            {
                "provider_id": "feide",
                "name": "Feide",
                "client_id": client_id,
                "secret": env("FEIDE_CLIENT_SECRET"),
                "settings": {
                    "server_url": env("FEIDE_ISSUER"),
                    "token_auth_method": "client_secret_basic",
                    "uid_field": "sub",
                },
            }
        )
    if client_id := env("IDPORTEN_CLIENT_ID", default=""):
        apps.append(
            {
                "provider_id": "idporten",
                "name": "ID-porten",
                "client_id": client_id,
                "secret": env("IDPORTEN_CLIENT_SECRET"),
                "settings": {
                    "server_url": env("IDPORTEN_ISSUER"),
                    "scope": ["openid", "profile"],
                    "auth_params": {"acr_values": "idporten-loa-high", "ui_locales": "nb"},
                    "acr": "idporten-loa-high",  # what the answer must say, whatever was asked
                },
            }
        )
    return apps


SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "provider_class": "actors.openid.provider.OpenIDProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": oidc_apps(),
    }
}

# --- language ----------------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]
LANGUAGE_COOKIE_NAME = "spraak"
# Our own texts, and nynorsk for the pages of allauth, which has none.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "allauth"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# --- static files ------------------------------------------------------------------------------
# Our own files and, below static/vendor/, what lmp/frontend.py copies from node_modules.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_STORAGE = {
    "debug": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "demo": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}["debug" if DEBUG else "demo" if DEMO else "production"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
MEDIA_ROOT = VAR_DIR / "media"

# --- security ----------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^helse/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The sign-in button posts and is then redirected: browsers apply form-action to the redirect too,
# to the issuer and to every other host on the way (IDP_ORIGINS).
IDP_ORIGINS = [
    *(
        "{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["server_url"]))
        for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    ),
    *env.list("IDP_ORIGINS", default=[]),
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *IDP_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- forms -------------------------------------------------------------------------------------
FORM_RENDERER = "lmp.lib.forms.DesignsystemetRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["designsystemet"]
CRISPY_TEMPLATE_PACK = "designsystemet"
CRISPY_FAIL_SILENTLY = False

# --- logs --------------------------------------------------------------------------------------
# One line per event: JSON in production, readable elsewhere. No IP address, no user agent.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOG_LEVEL = env("LOG_LEVEL", default="INFO" if HTTPS else "WARNING")
LOGGING_CONFIG = "lmp.logs.configure"
LOGGING = {"level": LOG_LEVEL, "json": HTTPS}
