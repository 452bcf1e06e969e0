# The service: ringfence serve, or ringfence worker. See scheduler/service/API.md.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY scheduler scheduler
COPY models models
RUN python -m venv /opt/ringfence \
    && /opt/ringfence/bin/pip install --no-cache-dir --disable-pip-version-check \
        -c constraints.txt '.[service]' \
    && /opt/ringfence/bin/python -m models

FROM python:3.12-slim
ENV PATH=/opt/ringfence/bin:$PATH PYTHONUNBUFFERED=1
COPY --from=build /opt/ringfence /opt/ringfence
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/ringfence ringfence
USER 10001
WORKDIR /var/lib/ringfence
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
ENTRYPOINT ["ringfence"]
CMD ["serve", "--host", "0.0.0.0"]
