# syntax=docker/dockerfile:1

# With its digest where one was asked for (`python -m operations.image_digests pin`).
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS build
# Byte code is compiled here, since the running user may not write; nothing is linked to a cache that stays behind.
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/louke UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
# The dependencies change seldom: a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY . .
# Node builds the pages, and stays behind.
RUN UV_PROJECT_ENVIRONMENT=/tmp/node uv sync --locked --no-dev --extra up && /tmp/node/bin/louke web
RUN uv sync --locked --no-dev --no-editable

FROM ${PYTHON}
# pg_dump and pg_restore, of the release that docker-compose.yml runs, for backups; and the typeface in which papers become PDF.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-17 fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 999 --user-group --home-dir /var/lib/louke --create-home louke
COPY --from=build /opt/louke /opt/louke
ENV PATH=/opt/louke/bin:$PATH
USER louke
WORKDIR /var/lib/louke
# Volumes of their own, each mounted where it is needed alone; made here, so that they are this user's.
RUN mkdir -m 0700 documents heads keys
VOLUME /var/lib/louke
EXPOSE 8000
ENTRYPOINT ["louke"]
CMD ["api"]
