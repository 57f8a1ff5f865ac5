# Front-end packages, from the lock.
FROM node:22-slim AS frontend
WORKDIR /srv
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

# Python packages, from the lock, into an environment that moves as a whole.
FROM python:3.12-slim AS packages
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin lmp \
    && install -d -o lmp -g lmp /var/lib/lmp
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0:8000 VAR_DIR=/var/lib/lmp STATIC_ROOT=/opt/static
WORKDIR /srv
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=frontend /srv/node_modules node_modules
# The key exists for this one command only; the image holds none.
RUN python -m lmp.frontend && rm -rf node_modules \
    && python -m lmp.catalogues \
    && SECRET_KEY=build-only VAR_DIR=/tmp/build python manage.py collectstatic --no-input \
    && rm -rf /tmp/build
USER lmp
EXPOSE 8000
CMD ["gunicorn", "--config", "python:lmp.gunicorn", "lmp.wsgi"]
