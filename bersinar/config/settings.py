"""One installation's settings. What an office may choose comes from BERSINAR_* variables."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from bersinar.config import bodies, logs, rehearsal, settings_file, shape
from bersinar.config import environment as env

BERSINAR_DATA = env.data_folder()
# Lines of the folder's own file; what the environment says outranks them.
settings_file.read_into_environment(BERSINAR_DATA)
# A banner on every page, invented people only. The folder remembers it, so that every command agrees.
BERSINAR_DEMO = env.flag("BERSINAR_DEMO", default=(BERSINAR_DATA / "demo").exists())
# A copy to practise in: all of it is invented, whatever else is said.
BERSINAR_REHEARSAL = rehearsal.is_rehearsal(BERSINAR_DATA)
if BERSINAR_REHEARSAL:
    BERSINAR_DEMO = True
    rehearsal.refuse_foreign_database(env.database_urls(BERSINAR_DATA))

# Megabytes that stay free on the disk: below them nothing is written, below four times as many no file is taken.
BERSINAR_KEEP_FREE_MB = env.count("BERSINAR_KEEP_FREE_MB", default=500)

SECRET_KEY = env.secret_key(BERSINAR_DATA)
# One PC, office network or server; everything about addresses, cookies and certificates follows from it.
BERSINAR_STANDING = shape.read(BERSINAR_DATA)
ALLOWED_HOSTS = list(BERSINAR_STANDING.hosts)
DEBUG = env.flag("BERSINAR_DEBUG", default=False)
shape.check(BERSINAR_STANDING, debug=DEBUG, demo=BERSINAR_DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "bersinar.ui",
    "bersinar.access",
    "bersinar.audit",
    "bersinar.jobs",
    "bersinar.territory",
    "bersinar.accounts",
    "bersinar.documents",
    "bersinar.fieldwork",
    "bersinar.mapping",
    "bersinar.targeting",
    "bersinar.programme",
    "bersinar.reporting",
    "bersinar.upkeep",
    "bersinar.demo",
]

MIDDLEWARE = [
    "bersinar.config.headers.HeadersMiddleware",
    "bersinar.config.practised.PractisedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "bersinar.config.door.DoorMiddleware",
    "bersinar.config.bodies.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "bersinar.accounts.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bersinar.accounts.middleware.SessionEndMiddleware",
    "bersinar.accounts.middleware.ActorMiddleware",
    "bersinar.config.storage.DiskGuardMiddleware",
]

ROOT_URLCONF = "bersinar.config.urls"
WSGI_APPLICATION = "bersinar.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bersinar.config.page.page",
            ],
        },
    },
]

DATABASES = env.databases(BERSINAR_DATA)
DATABASE_ROUTERS = ["bersinar.config.routers.AuditRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "reporting:home"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# The browser forgets it when it closes; accounts.middleware ends it after an idle hour or a working day.
SESSION_ENGINE = "bersinar.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
# Beyond this machine cookies travel by https alone, and the browser takes them from this very host only (__Host-).
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BERSINAR_STANDING.is_beyond_this_machine
_SESSION, _CSRF = (
    rehearsal.cookie_name(plain, rehearsal=BERSINAR_REHEARSAL) for plain in ("sessionid", "csrftoken")
)
SESSION_COOKIE_NAME = shape.cookie_name(_SESSION, BERSINAR_STANDING)
CSRF_COOKIE_NAME = shape.cookie_name(_CSRF, BERSINAR_STANDING)
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the form
CSRF_FAILURE_VIEW = "bersinar.config.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
# Only a server with a public certificate: with an office's own, a new authority would lock every phone out.
SECURE_HSTS_SECONDS = shape.hsts_seconds(BERSINAR_STANDING)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        # Scripts build pages part by part; no text becomes markup or code.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    },
}

LANGUAGE_CODE = "id"
# Each language in its own words, so that whoever needs it can read it.
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BERSINAR_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bersinar.ui.storage.LastingNames"},
}
WHITENOISE_USE_FINDERS = True

# Into a file of the data folder; what it may hold stands there.
LOGGING = logs.configuration(BERSINAR_DATA)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What people hand in never lies readable in the system's temporary folder: config.bodies limits it, memory holds it.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = bodies.LARGEST
# Django sets these itself, past the umask.
FILE_UPLOAD_PERMISSIONS = 0o600
