"""From a folder of sites to their plans, or to everything that is wrong with any."""

import json
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import InvalidInput, NotSupported, PlanError
from scheduler.domain import Plan
from scheduler.executing.helpers import helping
from scheduler.preparing import prepare_read
from scheduler.reading import read_plan
from scheduler.reading.finding import Finding
from scheduler.reading.settings_file import SettingsFile, read_settings
from scheduler.sites.packed import packed, unpacked
from scheduler.sites.sections import SharedQueue, SitesFile
from scheduler.sites.sharing import unfit
from scheduler.validation import PlanIssue

Problems = list[object]

SITES = "sites.toml"
_MANY = (
    6  # sites, from which on it takes less time to begin processes than to do without
)
_READ = f"{__name__}:site_read"


@dataclass(frozen=True)
class SiteRead:
    """A site whose plan is right.

    Attributes
    ----------
    plan
        As ``packed`` makes it.
    """

    name: str
    plan: bytes
    plan_hash: str
    agents: int
    time_zone: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Sites:
    """All sites of a folder."""

    name: str
    sites: tuple[SiteRead, ...]
    shared: tuple[SharedQueue, ...]


def read_sites(folder: Path, processes: int = 1) -> Sites:
    """Return the sites of a folder.

    Parameters
    ----------
    processes
        That read plans side by side, where there are many.

    Raises
    ------
    PlanError
        With every ``Finding`` of sites.toml and of the plans of all sites; of the file
        alone where it does not say which there are.
    """
    settings = read_settings(folder / SITES)
    file = settings.parsed(SitesFile)
    sharing = {name for shared in file.shared_queues for name in shared.sites}
    problems = list(settings.wrong(_unknown(file)).problems)
    found = list[SiteRead]()
    for one in _every(folder, file, processes):
        if isinstance(one, SiteRead):
            found.append(one)
        else:
            problems += one
    # of sites that share, which are judged side by side
    plans = {one.name: unpacked(one.plan) for one in found if one.name in sharing}
    problems += _misfits(settings, file, plans)
    if problems:
        raise PlanError(list(dict.fromkeys(problems)))
    return Sites(file.name, tuple(found), tuple(file.shared_queues))


def _every(
    folder: Path, file: SitesFile, processes: int
) -> Iterator[SiteRead | Problems]:
    """Yield each site as it is read, in their order."""
    every = [(site.name, site.plan or site.name) for site in file.sites]
    if processes < 2 or len(every) < _MANY:
        yield from (read_site(folder, name, own) for name, own in every)
        return
    where = str(folder).encode()
    with helping(min(processes, len(every)), "builtins:bytes", where) as helpers:
        asked = [helpers.submit(_READ, json.dumps(one).encode()) for one in every]
        for one, (name, own) in zip(asked, every, strict=True):
            if one.exception() is None:
                yield pickle.loads(one.result())
            else:  # its process was ended, for want of memory say
                yield read_site(folder, name, own)


def site_read(folder: bytes, content: bytes) -> bytes:
    """Return a site as ``read_site`` does, for whoever has asked a helper."""
    name, own = json.loads(content)
    return pickle.dumps(read_site(Path(folder.decode()), name, own))


def read_site(folder: Path, name: str, own: str) -> SiteRead | Problems:
    """Return a site, or everything that is wrong with its plan, ``own`` in a folder."""
    try:
        return _read(name, folder / own)
    except PlanError as error:
        return [_of_site(own, problem) for problem in error.problems]
    except NotSupported as error:
        expected = f"a plan that can be solved: {error}"
        return [_finding(own, expected, "not_supported")]


def _read(name: str, path: Path) -> SiteRead:
    read = read_plan(path)
    try:
        notes = prepare_read(read).plea.notes
    except NotSupported:
        raise
    except InvalidInput as error:
        raise NotSupported(str(error)) from error
    plan = read.plan
    zone = plan.horizon.time_zone
    return SiteRead(name, packed(plan), read.plan_hash, len(plan.agents), zone, notes)


def _of_site(own: str, problem: object) -> object:
    """Return a problem of a site's plan with the way to its file."""
    if not isinstance(problem, Finding):
        return problem
    if problem.rule == "no_file":
        return replace(problem, file=own)
    is_file = problem.file == Path(own).name
    return replace(problem, file=own if is_file else f"{own}/{problem.file}")


def _finding(file: str, expected: str, rule: str) -> Finding:
    return Finding(file, None, None, None, expected, rule=rule)


def _unknown(file: SitesFile) -> Iterator[PlanIssue]:
    """Yield names that are there twice, or not at all."""
    names = [site.name for site in file.sites]
    yield from _twice(names, "sites", "name", "a name that no other site has")
    queues = [shared.queue for shared in file.shared_queues]
    expected = "a queue that is not shared twice"
    yield from _twice(queues, "shared_queues", "queue", expected)
    for n, shared in enumerate(file.shared_queues):
        for i, name in enumerate(shared.sites):
            place = ("shared_queues", n, "sites", i)
            if name not in names:
                yield PlanIssue(place, "the name of a site", names, rule="no_site")
            elif name in shared.sites[:i]:
                yield PlanIssue(place, "each site once", rule="twice")


def _twice(
    names: Sequence[str], part: str, key: str, words: str
) -> Iterator[PlanIssue]:
    counts = Counter(names)
    for n, name in enumerate(names):
        if counts[name] > 1 and name in names[:n]:
            yield PlanIssue((part, n, key), words, rule="twice")


def _misfits(
    settings: SettingsFile, file: SitesFile, plans: dict[str, Plan]
) -> Iterator[Finding]:
    """Yield why queues cannot be shared as they are."""
    for n, shared in enumerate(file.shared_queues):
        own = {name: plans[name] for name in shared.sites if name in plans}
        for words in unfit(shared.queue, own):
            issue = PlanIssue(("shared_queues", n, "queue"), words, rule="not_shared")
            yield settings.finding(issue)
