"""From a folder of sites to their plans, or to everything that is wrong with any."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import InvalidInput, NotSupported, PlanError
from scheduler.domain import Plan
from scheduler.preparing import prepare_read
from scheduler.reading import read_plan
from scheduler.reading.finding import Finding
from scheduler.reading.settings_file import SettingsFile, read_settings
from scheduler.sites.packed import packed
from scheduler.sites.sections import SharedQueue, SitesFile
from scheduler.sites.sharing import unfit
from scheduler.validation import PlanIssue

SITES = "sites.toml"


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


def read_sites(folder: Path) -> Sites:
    """Return the sites of a folder, one plan after the other.

    Raises
    ------
    PlanError
        With every ``Finding`` of sites.toml and of the plans of all sites; of the file
        alone where it does not say which there are.
    """
    settings = read_settings(folder / SITES)
    file = settings.parsed(SitesFile)
    sharing = {name for shared in file.shared_queues for name in shared.sites}
    found: list[SiteRead] = []
    plans: dict[str, Plan] = {}  # of sites that share, which are judged side by side
    problems = list(settings.wrong(_unknown(file)).problems)
    for site in file.sites:
        own = site.plan or site.name
        try:
            one, plan = _read(site.name, folder / own)
        except PlanError as error:
            problems += [_of_site(own, problem) for problem in error.problems]
            continue
        except NotSupported as error:
            expected = f"a plan that can be solved: {error}"
            problems.append(_finding(own, expected, "not_supported"))
            continue
        found.append(one)
        if site.name in sharing:
            plans[site.name] = plan
    problems += _misfits(settings, file, plans)
    if problems:
        raise PlanError(list(dict.fromkeys(problems)))
    return Sites(file.name, tuple(found), tuple(file.shared_queues))


def _read(name: str, path: Path) -> tuple[SiteRead, Plan]:
    read = read_plan(path)
    try:
        notes = prepare_read(read).plea.notes
    except NotSupported:
        raise
    except InvalidInput as error:
        raise NotSupported(str(error)) from error
    plan = read.plan
    zone = plan.horizon.time_zone
    one = SiteRead(name, packed(plan), read.plan_hash, len(plan.agents), zone, notes)
    return one, plan


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
