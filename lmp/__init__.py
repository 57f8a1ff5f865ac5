"""The project: wiring on top, a small pure library (``lmp.lib``) at the bottom."""

from lmp.celery import app as celery_app

__all__ = ["celery_app"]
