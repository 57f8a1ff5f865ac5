"""The web server's settings: ``gunicorn --config python:lmp.gunicorn lmp.wsgi``, everywhere.

Threads, because a browser keeps idle connections open and would block a synchronous worker when
there is no proxy in front.
"""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or "4")
timeout = 60  # seconds
graceful_timeout = 10
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
accesslog = None  # django-structlog writes one line per request, without addresses
