"""Drafts, versions and links in both databases: who is first, and for whom."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from scheduler.service.store.drafts import (
    Draft,
    Drafts,
    NoSuchDraft,
    NothingThere,
    Overtaken,
    Step,
)
from scheduler.service.store.published import (
    Made,
    NoSuchLink,
    NoSuchVersion,
    Published,
    Series,
)

FILES = {"plan": b"{}", "roster": b"agent_id\n", "activities": b"agent_id\n"}
WEEK = Series("The week \u2013 \u00fcber", "2026-03-02", 7, "Europe/Berlin")
STEP = Step([{"op": "off"}], {"A": {"was": 1}}, {"A": {"is": 2}, "B": {"is": 3}})
MADE = Made(
    tenant="a",
    actor="me",
    series=WEEK,
    number=1,
    job="job",
    draft=None,
    plan_hash="h",
    files=FILES,
    violations=[{"rule": "rest", "agents": ["A"]}],
    reason="\u2603 'quoted'; DROP TABLE versions; --",
    changes=[],
    weeks={"A": {"days": []}, "B": {"days": [1]}},
)


@pytest.fixture
def drafts(engine: Engine) -> Drafts:
    return Drafts(engine)


@pytest.fixture
def published(engine: Engine) -> Published:
    return Published(engine)


@pytest.fixture
def draft(drafts: Drafts) -> Draft:
    return drafts.create("a", "me", "job", "name", "h", FILES)


def won(tries: Callable[[int], object], count: int = 8) -> list[object]:
    """Return what those got who were not overtaken, when all try at once."""
    at_once = threading.Barrier(count)

    def tried(number: int) -> object:
        at_once.wait()
        try:
            return tries(number)
        except Overtaken:
            return None

    with ThreadPoolExecutor(count) as pool:
        return [got for got in pool.map(tried, range(count)) if got is not None]


def test_a_draft_is_what_was_begun_edited_and_undone(
    drafts: Drafts, draft: Draft
) -> None:
    assert drafts.files("a", draft.id) == FILES
    once = drafts.add(draft, "me", STEP, "s1")
    twice = drafts.add(once, "me", replace(STEP, after={"B": {"is": 4}}), "s2")
    assert drafts.weeks("a", draft.id) == {"A": {"is": 2}, "B": {"is": 4}}
    back = drafts.turn(twice, "s3", back=True)
    assert (back.edits, back.undone, back.state) == (1, 1, "s3")
    assert drafts.weeks("a", draft.id) == STEP.after
    assert drafts.step("a", draft.id, back=True) == STEP
    other = drafts.add(back, "me", STEP, "s4")
    assert (other.edits, other.undone) == (2, 0)
    with pytest.raises(NothingThere):
        drafts.step("a", draft.id, back=False)
    locked = drafts.lock(other, [("A", "2026-03-02")])
    assert drafts.get("a", draft.id) == locked
    assert locked.locks == (("A", "2026-03-02"),)
    assert [each.id for each in drafts.list("a", "job")] == [draft.id]
    drafts.delete("a", draft.id)
    assert drafts.list("a") == []


def test_of_many_who_change_a_draft_at_once_one_does(
    drafts: Drafts, draft: Draft
) -> None:
    (state,) = won(lambda n: drafts.add(draft, f"{n}", STEP, f"s{n}").state)
    now = drafts.get("a", draft.id)
    assert (now.state, now.edits, now.version) == (state, 1, draft.version + 1)


def test_a_draft_is_nothing_to_other_tenants(drafts: Drafts, draft: Draft) -> None:
    assert drafts.list("b") == []
    for ask in (drafts.get, drafts.files, drafts.weeks, drafts.delete):
        with pytest.raises(NoSuchDraft):
            ask("b", draft.id)


def test_a_version_is_what_was_published(published: Published) -> None:
    first = published.add(MADE)
    second = published.add(replace(MADE, number=2, draft="d", reason=""))
    assert published.get("a", first.id) == first
    assert (first.reason, first.violations) == (MADE.reason, MADE.violations)
    assert published.latest("a", WEEK) == second
    assert published.list("a") == [second, first]
    assert published.file("a", first.id, "roster") == FILES["roster"]
    assert published.latest("a", replace(WEEK, days=14)) is None
    assert published.list("b") == []
    with pytest.raises(NoSuchVersion):
        published.file("b", first.id, "roster")


def test_of_many_who_publish_at_once_one_does(published: Published) -> None:
    (one,) = won(lambda n: published.add(replace(MADE, actor=f"{n}")).id)
    assert [each.id for each in published.list("a")] == [one]


def test_a_link_shows_the_last_version_until_it_is_revoked(
    published: Published,
) -> None:
    published.add(MADE)
    link, token = published.make_link("a", "me", "A")
    assert published.opened(token) == link
    assert [week for _, week in published.weeks_of(link)] == [{"days": []}]
    published.add(replace(MADE, number=2, weeks={"B": {}}))
    assert published.weeks_of(link) == []  # no longer in it
    with pytest.raises(NoSuchLink):
        published.revoke("b", link.id)
    published.revoke("a", link.id)
    assert published.opened(token) is None
    assert published.links("a")[0].revoked_at is not None
    for tenant, agent in (("a", "C"), ("b", "A")):
        with pytest.raises(NoSuchVersion):
            published.make_link(tenant, "me", agent)
