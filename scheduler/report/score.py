"""What `ringfence score` tells people: goals and rules, of one roster or of two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import GOAL_WORDS, grid, percent, plural
from scheduler.rosters.scored import RuleScore, Score, ScoreDocument

_LEAST = 0.05  # paid hours that are worth a row
FIGURE_WORDS = {
    "paid_hours": "paid hours",
    "overtime_hours": "of them overtime",
    "short_hours": "hours of calls short",
    "breaches": "cases that breach",
    "case_hours": "hours on cases",
    "useful_share": "useful share of paid hours",
    "wishes_refused": "wishes refused",
    "furthest_off_fair_share": "furthest off a fair share",
}


@dataclass(frozen=True)
class Sides:
    """One roster, or two side by side.

    Attributes
    ----------
    names
        Headings of their columns.
    last
        Heading of a last column, which tells by how much one is more than ``base``.
    base
        The position of the one that the other is measured by.
    """

    scores: Sequence[Score]
    names: Sequence[str]
    last: str = "1st - 2nd"
    base: int = 1

    def cells(self, values: Sequence[float], *, share: bool = False) -> list[str]:
        """Return each side's value, and the difference where there are two."""
        texts = [percent(x, 1) if share else f"{x:,.1f}" for x in values]
        if len(values) == 1:
            return texts
        more = values[1 - self.base] - values[self.base]
        return [*texts, _more(100 * more if share else more)]


def score_parts(found: ScoreDocument) -> Iterator[RenderableType]:
    """Yield legal or not, what each roster gives, and what each goal and rule costs."""
    both = [found.roster] if found.against is None else [found.roster, found.against]
    sides = Sides(both, [each.folder for each in both])
    for each in both:
        yield verdict(each, each.folder)
    if found.changed_days is not None:
        yield f"{plural(found.changed_days, 'day')} of agents differ"
    yield from side_parts(sides)


def side_parts(sides: Sides) -> Iterator[RenderableType]:
    """Yield what each roster gives, and what each goal and rule costs."""
    both = sides.scores
    yield ""
    if all(each.figures for each in both):
        yield _figures(sides)
        yield ""
    yield _goals(sides)
    if any(each.rules for each in both):
        yield ""
        yield _rules(sides)


def verdict(each: Score, label: str) -> Text:
    """Return whether a roster is legal, and what it costs."""
    text = Text(f"{label}: ")
    if each.legal:
        text.append("legal", style="green")
    else:
        broken = sum(rule.broken for rule in each.rules)
        text.append(f"illegal, {plural(broken, 'breach', 'breaches')}", style="red")
    if each.objective is None:
        text.append("; shifts only: there is no activities.csv")
    else:
        text.append(f"; cost {each.objective:,.1f} paid hours' worth")
        text.append("" if each.legal else " (breaks rules: not comparable)")
    return text


def _table(label: str, sides: Sides, *, more: bool = True) -> Table:
    table = grid()
    table.add_column(label)
    for name in sides.names:
        table.add_column(name, justify="right", overflow="fold")
    if more and len(sides.names) > 1:
        table.add_column(sides.last, justify="right")
    return table


def _figures(sides: Sides) -> Table:
    table = _table("gives", sides)
    for key, words in FIGURE_WORDS.items():
        own = [each.figures[key] for each in sides.scores]
        table.add_row(words, *sides.cells(own, share=key == "useful_share"))
    return table


def _goals(sides: Sides) -> Table:
    """Return what each goal costs that both know, in the goals' order."""
    table, both = _table("costs", sides), sides.scores
    known = [goal for goal in both[0].goals if all(goal in x.goals for x in both)]
    for goal in known:
        own = [each.goals[goal] for each in both]
        if max(own) >= _LEAST:
            table.add_row(GOAL_WORDS.get(goal, goal), *sides.cells(own))
    totals = [sum(each.goals[goal] for goal in known) for each in both]
    table.add_row("together", *sides.cells(totals), style="bold")
    return table


def _more(difference: float) -> str:
    """Return by how much it is more; a dot where it is not.

    >>> _more(2.04), _more(-1.5), _more(0.01)
    ('+2.0', '-1.5', '·')
    """
    return "·" if abs(difference) < _LEAST else f"{difference:+,.1f}"


def _rules(sides: Sides) -> Table:
    """Return the rules that are not kept: breaches, or what they cost."""
    table, both = _table("rules not kept", sides, more=False), sides.scores
    names = dict.fromkeys(rule.rule for each in both for rule in each.rules)
    for name in names:
        own = [next((r for r in x.rules if r.rule == name), None) for x in both]
        cells = [_kept(rule) for rule in own]
        table.add_row(name, *cells)
    return table


def _kept(rule: RuleScore | None) -> str:
    if rule is None:
        return "kept"
    broken = plural(rule.broken, "breach", "breaches") if rule.broken else ""
    cost = f"{plural(rule.not_kept, 'time')}, {rule.cost:,.1f}" if rule.not_kept else ""
    return "; ".join(part for part in (broken, cost) if part)
