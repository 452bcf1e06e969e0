"""Makes the content of results.json."""

from collections.abc import Iterable, Sequence

from scheduler.exports.filenames import safe_names
from scheduler.sites.document import (
    SharedEntry,
    SiteEntry,
    SitesDocument,
    SitesTotal,
)
from scheduler.sites.group import Group
from scheduler.sites.reading import Sites
from scheduler.sites.running import SitesRun
from scheduler.sites.solved import Solved
from scheduler.whatif.recording import figures, settings_of


def sites_document(
    sites: Sites, run: SitesRun, solved: Sequence[Solved]
) -> SitesDocument:
    """Return everything that is told of sites."""
    names = safe_names([one.site.name for one in solved])
    entries = [_entry(one, names[one.site.name]) for one in solved]
    return SitesDocument(
        name=sites.name,
        interrupted=run.interrupted,
        sites=entries,
        shared=[_shared(group) for group in run.groups],
        total=_total(entries, run.groups),
        notes=[*run.store.notes, *_notes(solved, run.groups)],
        **settings_of(run.asked),
    )


def _entry(one: Solved, name: str) -> SiteEntry:
    answer = one.answer
    found = answer.result if answer else None
    known = figures(found, None)
    return SiteEntry(
        name=one.site.name,
        time_zone=one.site.time_zone,
        agents=one.site.agents,
        status=found.status if found else "failed" if one.error else "not_solved",
        cost=known.objective,
        bound=found.bound if found else None,
        gap=found.gap if found else None,
        paid_hours=known.paid_hours,
        short_hours=known.short_hours,
        breaches=known.breaches,
        seconds=found.seconds if found else None,
        megabytes=answer.megabytes if answer else None,
        found_before=one.found_before,
        folder=name if known.objective is not None else None,
        plan_hash=found.plan_hash if found else one.site.plan_hash,
        error=one.error,
        why=[each.message for each in found.conflicts] if found else [],
    )


def _shared(group: Group) -> SharedEntry:
    return SharedEntry(
        queues=[queue.queue for queue in group.queues],
        sites=list(group.sites),
        cost=_rounded(group.cost),
        bound=_rounded(group.bound),
        gap=_rounded(group.gap),
        divisions=group.tries,
    )


def _total(entries: Sequence[SiteEntry], groups: Sequence[Group]) -> SitesTotal:
    together = {name for group in groups for name in group.sites}
    alone = [one.bound for one in entries if one.name not in together]
    cost = _sum(one.cost for one in entries)
    bound = _sum([*alone, *(group.bound for group in groups)])
    gaps = [one.gap for one in entries if one.gap is not None]
    memory = [one.megabytes for one in entries if one.megabytes is not None]
    return SitesTotal(
        sites=len(entries),
        solved=sum(one.cost is not None for one in entries),
        agents=sum(one.agents for one in entries),
        cost=cost,
        bound=bound,
        gap=_rounded((cost - bound) / bound) if cost is not None and bound else None,
        widest_gap=max(gaps) if len(gaps) == len(entries) else None,
        paid_hours=_sum(one.paid_hours for one in entries),
        breaches=_sum(
            None if one.cost is None else one.breaches or 0 for one in entries
        ),
        seconds=round(sum(one.seconds or 0 for one in entries), 3),
        megabytes=max(memory, default=None),
    )


def _sum(values: Iterable[float | None]) -> float | None:
    """Return a sum; ``None`` where a part of it is not known."""
    every = list(values)
    known = [value for value in every if value is not None]
    return _rounded(sum(known)) if len(known) == len(every) else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _notes(solved: Sequence[Solved], groups: Sequence[Group]) -> list[str]:
    """Return what the reader of the table should know."""
    told = [f"{one.site.name}: {note}" for one in solved for note in one.site.notes]
    for group in groups:
        for queue in group.queues:
            if queue.nobody:
                told.append(
                    f"queue {queue.queue!r}: {queue.nobody:,} people would be needed "
                    f"while none of its sites is open, and are not planned"
                )
        if group.cost is not None and not group.is_priced:
            told.append(
                f"{', '.join(group.sites)}: divided by who could be on the queues "
                f"alone, and no bound but that of no calls: people take two of them, "
                f"the engine has no prices, or the search was stopped"
            )
    weak = [one.site.name for one in solved if one.answer and not one.answer.whole]
    if weak:
        told.append(f"stopped before their time: {', '.join(weak)}")
    return told
