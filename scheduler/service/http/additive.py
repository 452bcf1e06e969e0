"""What of an OpenAPI document a client may miss in the next: things are only added."""

from collections.abc import Iterator, Mapping
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


def breaking(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what clients of one document would miss, or be refused for, in another.

    Gone: routes, methods, parameters, answers, media types, schemas, properties.
    New: parameters, bodies and properties of requests that must be given.

    >>> old = {"paths": {"/a": {"get": {"responses": {}}}}}
    >>> breaking(old, {"paths": {}}), breaking({"paths": {}}, old)
    (['GET /a is gone'], [])
    """
    return [*_paths(before, after), *_schemas(before, after)]


def _paths(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in before["paths"].items():
        for method in _METHODS:
            old = methods.get(method)
            new = after["paths"].get(path, {}).get(method)
            name = f"{method.upper()} {path}"
            if old is not None and new is None:
                yield f"{name} is gone"
            elif old is not None:
                yield from _operation(name, old, new)


def _operation(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[str]:
    earlier, later = _parameters(old), _parameters(new)
    for one in earlier.keys() - later.keys():
        yield f"{name}: parameter {one} is gone"
    for one, parameter in later.items():
        was = earlier.get(one, {})
        if parameter.get("required") and not was.get("required"):
            yield f"{name}: parameter {one} must be given"
    for status, answer in old["responses"].items():
        if status not in new["responses"]:
            yield f"{name}: answer {status} is gone"
            continue
        media = new["responses"][status].get("content", {})
        for form in answer.get("content", {}).keys() - media.keys():
            yield f"{name}: answer {status} as {form} is gone"
    yield from _body(name, old.get("requestBody", {}), new.get("requestBody", {}))


def _body(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for form in old.get("content", {}).keys() - new.get("content", {}).keys():
        yield f"{name}: a body as {form} is no longer taken"
    if new.get("required") and not old.get("required"):
        yield f"{name}: a body must be sent"


def _parameters(operation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {f"{p['in']} {p['name']}": p for p in operation.get("parameters", [])}


def _schemas(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old = before.get("components", {}).get("schemas", {})
    new = after.get("components", {}).get("schemas", {})
    asked = _asked(after, new)
    for name, schema in old.items():
        if name not in new:
            yield f"schema {name} is gone"
            continue
        yield from _schema(name, schema, new[name], is_asked=name in asked)


def _schema(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], *, is_asked: bool
) -> Iterator[str]:
    earlier, later = old.get("properties", {}), new.get("properties", {})
    for one in earlier.keys() - later.keys():
        yield f"schema {name}: {one} is gone"
    if is_asked:
        for one in set(new.get("required", ())) - set(old.get("required", ())):
            yield f"schema {name}: {one} must be given"
        for value in set(old.get("enum", ())) - set(new.get("enum", ())):
            yield f"schema {name}: {value!r} is no longer taken"


def _asked(document: Mapping[str, Any], schemas: Mapping[str, Any]) -> set[str]:
    """Return the schemas of which bodies of requests consist."""
    bodies = [
        operation["requestBody"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if isinstance(operation, dict) and "requestBody" in operation
    ]
    return reached(bodies, schemas)


def reached(content: list[Any], schemas: Mapping[str, Any]) -> set[str]:
    """Return the schemas that something refers to, directly or by others."""
    found: set[str] = set()
    waiting = list(content)
    while waiting:
        for name in _references(waiting.pop()):
            if name not in found and name in schemas:
                found.add(name)
                waiting.append(schemas[name])
    return found


def _references(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        reference = content.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from _references(one)
