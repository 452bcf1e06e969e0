"""The page itself: one file with everything in it, that loads nothing."""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup
from pydantic import BaseModel

from scheduler.report.page.document import PageDocument

#: Our own scripts that every page has, in the order in which they run.
SHARED = ("format.js", "dom.js", "charts.js", "frame.js")
#: Those of the report.
SCRIPTS = (
    "headline.js",
    "heat.js",
    "coverage.js",
    "burndown.js",
    "cases.js",
    "cost.js",
    "trouble.js",
    "hours.js",
    "timeline.js",
    "roster.js",
    "people.js",
    "metrics.js",
    "made.js",
    "parts.js",
    "main.js",
)
_VENDORED = "vendor/echarts.min.js"
_DATA = '<script type="application/json" id="data">'
_PACKAGE = "scheduler.report.page"


def page_text(document: PageDocument) -> str:
    """Return the HTML of a report."""
    return rendered("page.html", SCRIPTS, document)


def rendered(page: str, scripts: Sequence[str], document: BaseModel) -> str:
    """Return the HTML of a page, with what it shows.

    Names and notes stand in it only as JSON, which scripts put on the page as text;
    scripts and styles other than these are refused by the page's own policy.
    """
    texts = [asset(name) for name in (_VENDORED, *SHARED, *scripts)]
    style = asset("page.css")
    return _template(page).render(
        document=document,
        data=_script_json(document.model_dump(mode="json")),
        scripts=[Markup(text) for text in texts],
        style=Markup(style),
        script_hashes=" ".join(_hash(text) for text in texts),
        style_hash=_hash(style),
    )


def page_data(text: str) -> str:
    """Return the data of a report as JSON, from its HTML."""
    _, _, rest = text.partition(_DATA)
    return rest.partition("</script>")[0]


@cache
def asset(name: str) -> str:
    """Return the text of a file that becomes a part of the page."""
    found = files(_PACKAGE) / "assets"
    for part in name.split("/"):
        found = found / part
    return found.read_text(encoding="utf-8")


def _template(page: str) -> Template:
    environment = Environment(
        loader=DictLoader({name: asset(name) for name in ("frame.html", page)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(page)


def _script_json(content: dict[str, Any]) -> Markup:
    """Return JSON that no browser takes for markup."""
    text = json.dumps(
        content, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _hash(text: str) -> str:
    """Return a script or style as a content security policy names it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
