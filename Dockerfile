# One image for every process of the platform, and one for the published address. See docker-compose.yml.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/base.txt /tmp/base.txt
RUN pip install --require-hashes -r /tmp/base.txt

# The pages, built with the Node that is pinned among the Python packages.
FROM packages AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
ARG BUILD_ID=container
RUN VITE_BUILD_ID=$BUILD_ID npm run build

FROM python:3.11-slim-bookworm AS app
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgdal32 libgeos-c1v5 libproj25 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/yiwang --shell /usr/sbin/nologin yiwang
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/yiwang/app
COPY . .
COPY --from=pages /src/frontend/dist-admin frontend/dist-admin
# collectstatic asks no store; the values only let the settings be read.
RUN mkdir -p /srv/yiwang/media /srv/yiwang/models /srv/yiwang/state /srv/yiwang/static \
    && DATABASE_URL=postgis://build@localhost/build REDIS_URL=redis://localhost SECRET_KEY=build \
       STATIC_ROOT=/srv/yiwang/static python manage.py collectstatic --no-input \
    && python -m deploy.local.front /srv/yiwang/nginx.conf \
    && chown -R yiwang: /srv/yiwang/media /srv/yiwang/models /srv/yiwang/state
ARG BUILD_ID=container
ENV BUILD_ID=$BUILD_ID
USER yiwang

FROM nginx:1.28-bookworm AS front
RUN mkdir -p /tmp/nginx
COPY --from=app /srv/yiwang/nginx.conf /etc/nginx/nginx.conf
COPY --from=app /srv/yiwang/static /srv/yiwang/static
COPY --from=pages /src/frontend/dist /srv/yiwang/dist
COPY deploy/nginx/pages /srv/yiwang/pages
EXPOSE 8000
