"""The file sites.toml: which sites there are, and which queues they share."""

from typing import Literal

from pydantic import Field

from scheduler.domain import Name, Section


class Site(Section):
    """One site: a plan of its own, with its time zone, calendars and agents."""

    name: Name
    plan: Name | None = Field(
        None,
        description="Folder, .json or .xlsx of its plan, from here. Default: its name.",
    )


class SharedQueue(Section):
    """A queue whose calls any of some sites may answer."""

    queue: Name = Field(description="Its name in the plan of each of the sites.")
    sites: list[Name] = Field(min_length=2)


class SitesFile(Section):
    """The file as a whole."""

    format: Literal[1] = Field(1, description="Version of this format.")
    name: str = Field("", description="Title, for reports.")
    sites: list[Site] = Field(min_length=1)
    shared_queues: list[SharedQueue] = Field(default_factory=list)
