"""All settings, from the environment; every variable is in the README's table.

A value that cannot be used stops the start with the variable's name and what would be right.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy

from config import broker, embedded, state

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def whole_number(name: str, default: int, least: int = 1) -> int:
    raw = env.str(name, default="")
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < least:
        raise ImproperlyConfigured(f"{name}={raw!r}: give a whole number, {least} or more")
    return int(raw)


def web_address(name: str) -> str:
    """An http(s) address without a slash at its end; empty where none is set."""
    raw = str(env.str(name, default="")).rstrip("/")
    if not raw:
        return ""
    try:
        parts = urlsplit(raw)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"[^!-~]|[@?#]", raw):
        # Not shown: somebody may have put a password into it.
        raise ImproperlyConfigured(f"{name}: give an address such as http://localhost:11434/v1")
    return raw


def folder(name: str, default: Path) -> Path:
    """A folder to write to, made where missing."""
    chosen = Path(env.str(name, default="") or default).expanduser().resolve()
    try:
        return state.ready(chosen)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write to {error.filename or chosen} ({error.strerror}): "
            f"make it writable or set {name} to a folder that is"
        ) from error


# Everything that Recheck itself keeps outside a database of yours lies here.
STATE_DIR = folder("RECHECK_STATE", BASE_DIR / "var")
# But the bodies of snapshots can lie elsewhere: one folder for all machines.
SNAPSHOT_DIR = folder("SNAPSHOT_DIR", STATE_DIR / "snapshots")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or state.kept_secret(STATE_DIR / "secret_key")
# Where `manage.py up` serves; and where readers and reminders find the site.
HOST = env.str("HOST", default="127.0.0.1")
PORT = whole_number("PORT", 8000)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Recheck")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=SITE_URL.startswith("https://"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "config.admin_app.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "config",
    "sources",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASES = {"default": env.db_url_config(DATABASE_URL) if DATABASE_URL else embedded.database(STATE_DIR)}
if DATABASES["default"]["ENGINE"] not in ("django.db.backends.postgresql", "config.database"):
    raise ImproperlyConfigured("DATABASE_URL: give a PostgreSQL address, postgres://user:password@host/name")
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "claims.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "lockout.html"

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Serves straight from the apps' folders: nothing to collect before a start.
WHITENOISE_USE_FINDERS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "claims.api.problems.handle",
    "DEFAULT_VERSIONING_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Recheck",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Claims, their verdicts over time, and the re-checks that come due.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.schema.close_bodies",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ArticleState": "claims.api.shapes.ARTICLE_STATES",
        "ClaimKind": "claims.models.claim.Claim.Kind",
        "ClaimState": "claims.models.claim.Claim.State",
        "ClaimantKind": "claims.models.claim.Claimant.Kind",
        "ProposalState": "claims.models.verdict.Proposal.State",
        "SourceKind": "sources.models.Source.Kind",
        "SourceState": "claims.api.source_shapes.SOURCE_STATES",
        "CheckState": "claims.api.source_shapes.CHECK_STATES",
        "Liveness": "sources.models.Source.Liveness",
        "Rating": "claims.models.verdict.Rating",
        "Change": "claims.models.verdict.Change",
        "NewChange": "claims.api.verdicts.NEW",
        "Freshness": "claims.api.statuses.FRESHNESS",
        "Stance": "claims.models.evidence.Evidence.Stance",
        "Outcome": "claims.models.recheck.Recheck.Outcome",
        "Found": "claims.api.rechecks.FOUND",
        "ReminderChannel": "claims.models.recheck.Reminder.Channel",
        "OwnChannel": "claims.api.notifications.OWN_CHANNELS",
        "ReminderStage": "claims.api.notifications.STAGES",
        "Rhythm": "claims.models.notification.NotificationSettings.Rhythm",
        "PauseKind": "claims.models.recheck.RecheckPause.Kind",
        "LinkKind": "claims.models.link.ClaimLink.Kind",
        "RequestState": "claims.models.reader_request.ReaderRequest.State",
        "Volatility": "claims.models.claim.Claim.Volatility",
    },
}

# The broker only carries wake-ups: without a choice of yours it is a queue in the same database.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or broker.DEFAULT_URL
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(CELERY_BROKER_URL)
CELERY_TASK_TIME_LIMIT = broker.TASK_TIME_LIMIT
CELERY_TASK_DEFAULT_QUEUE = "recheck"
# A worker that has grown beyond it is replaced after its task: whatever leaks, leaks no further.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000  # kB

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = STATE_DIR / "mail"
# Shorter than a reminder's lease: a mail server that hangs must not make a second worker send it too.
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Recheck <recheck@localhost>")

# Bounds on what is taken in. Bytes, seconds, redirects.
ARTICLE_MAX_CHARACTERS = whole_number("ARTICLE_MAX_CHARACTERS", 1_000_000)
FETCH_MAX_BYTES = whole_number("FETCH_MAX_BYTES", 10_000_000)
FETCH_TIMEOUT = whole_number("FETCH_TIMEOUT", 20)
# Seconds between two requests to one host, over all workers.
FETCH_PAUSE = whole_number("FETCH_PAUSE", 2, least=0)
FETCH_USER_AGENT = env.str("FETCH_USER_AGENT", default=f"Recheck/0.1 (+{SITE_URL})")
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

# A language model that extracts claims; without an address none does.
LLM_URL = web_address("LLM_URL")
LLM_MODEL = env.str("LLM_MODEL", default="")
LLM_KEY = env.str("LLM_KEY", default="")
LLM_TIMEOUT = whole_number("LLM_TIMEOUT", 60)  # seconds for one answer
LLM_TOKENS = whole_number("LLM_TOKENS", 100_000)  # in and out, for one article
if LLM_URL and not LLM_MODEL:
    raise ImproperlyConfigured("LLM_MODEL: name the model that LLM_URL is to answer with")
if not (LLM_KEY.isascii() and LLM_KEY.isprintable()):
    raise ImproperlyConfigured("LLM_KEY: give a key of plain characters, on one line")

UNFOLD = {
    "SITE_TITLE": SITE_NAME,
    "SITE_HEADER": SITE_NAME,
    "SITE_SUBHEADER": "Admin",
    "SITE_URL": reverse_lazy("desk"),
    "SITE_ICON": lambda request: static("desk/icon.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("desk/icon.svg")}
    ],
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_HISTORY": False,  # Django's own log; the audit says more.
    "STYLES": [
        lambda request: static("desk/claim.css"),
        lambda request: static("desk/article.css"),
        lambda request: static("desk/load.css"),
        lambda request: static("admin/recheck.css"),
    ],
    "DASHBOARD_CALLBACK": "claims.admin.dashboard.overview",
    "SIDEBAR": {"navigation": "claims.admin.navigation.sidebar"},
    # The desk's one accent colour, as 600, in the steps the theme asks for.
    "COLORS": {
        "primary": {
            "50": "#f1f6fc", "100": "#e2edf9", "200": "#c5daf2", "300": "#9bc0e8", "400": "#86b7f2",
            "500": "#3f7fc4", "600": "#1a5a9e", "700": "#164b84", "800": "#143f6e", "900": "#13355b",
            "950": "#0d223b",
        },
    },
}  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"pgmq": {"level": "WARNING"}},
}
