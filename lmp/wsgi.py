"""The WSGI entry point: ``gunicorn lmp.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lmp.settings")

application = get_wsgi_application()
