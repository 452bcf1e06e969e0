"""Dockerfile and compose.yaml: small, without root, without secrets."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DOCKER = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_the_image_runs_without_root() -> None:
    last = DOCKER.split("\nFROM ")[-1]
    user, start = last.index("\nUSER "), last.index("\nENTRYPOINT ")
    assert user < start
    # A number: who runs images can tell from it alone that this is not root.
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last


def test_base_images_have_a_version() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKER, re.MULTILINE)
    images += [s["image"] for s in COMPOSE["services"].values() if "build" not in s]
    assert len(images) == 3
    for image in images:
        assert re.search(r":\d", image), image


def test_what_is_installed_is_pinned() -> None:
    assert "-c constraints.txt" in DOCKER
    assert "--no-cache-dir" in DOCKER
    assert not re.search(r"^ADD ", DOCKER, re.MULTILINE)


def test_what_is_copied_is_not_ignored() -> None:
    kept = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for names in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKER, re.MULTILINE):
        for name in names.split():
            assert name in kept
            assert (ROOT / name).exists()


def test_no_secret_is_written_down_and_only_loopback_is_published() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "URL" in name:
                assert "${POSTGRES_PASSWORD:?}" in value
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")
    assert "ports" not in COMPOSE["services"]["database"]


def test_every_volume_and_dependency_is_there() -> None:
    volumes, services = COMPOSE["volumes"], COMPOSE["services"]
    for service in services.values():
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in volumes
        assert set(service.get("depends_on", ())) <= set(services)
