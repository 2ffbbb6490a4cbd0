# docker build -t fuhan .
# docker run --rm -v "$PWD/watch:/watch" fuhan init /watch
# docker run -d --name fuhan --init -v "$PWD/watch:/watch" fuhan --config /watch/fuhan.toml daemon
# `fuhan service print compose` gives the same with the usual confinement.

FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/fuhan
COPY requirements.runtime.lock .
RUN /opt/fuhan/bin/pip install --no-cache-dir --require-hashes -r requirements.runtime.lock
COPY . .
# what it needs is there already, setuptools among it: nothing more is fetched
RUN /opt/fuhan/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/fuhan/bin/python -m compileall -q /opt/fuhan

FROM python:3.12-slim
COPY --from=build /opt/fuhan /opt/fuhan
ENV PATH=/opt/fuhan/bin:$PATH PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 1000 --create-home fuhan && mkdir /watch && chown fuhan /watch
USER fuhan
WORKDIR /watch
VOLUME /watch
ENTRYPOINT ["fuhan"]
CMD ["--help"]
