# Rundbord in a container: the wheel in an environment of its own. Use it with deploy/compose.yaml, or by itself:
#   docker build -t rundbord . && docker run -p 5000:5000 -v rundbord:/data rundbord
FROM python:3.11-slim AS build
WORKDIR /source
COPY requirements.txt ./
RUN python -m venv /opt/rundbord && /opt/rundbord/bin/pip install --no-cache-dir -r requirements.txt
COPY pyproject.toml README.md LICENSE run.py ./
COPY static ./static
COPY templates ./templates
COPY workshop ./workshop
RUN /opt/rundbord/bin/pip install --no-cache-dir .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data rundbord && install -d -m 0700 -o rundbord -g rundbord /data
COPY --from=build /opt/rundbord /opt/rundbord
ENV PATH=/opt/rundbord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=5000 \
    INSTANCE_PATH=/data
USER rundbord
WORKDIR /data
VOLUME ["/data"]
EXPOSE 5000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["rundbord", "serve"]
