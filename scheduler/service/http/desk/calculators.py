"""What the desk does with questions that need no plan."""

from dataclasses import asdict

from models.erlang import Definition
from models.throughput import burn_down
from scheduler.calculating import call_answer
from scheduler.report.calculators import CallQuestion
from scheduler.service.http.desk.answering import in_json
from scheduler.service.http.desk.given import Answer, Given


def erlang(given: Given) -> Answer:
    """Agents that a number of calls needs, and what they achieve."""
    asked = given.options
    question = CallQuestion(
        calls=asked["calls"],
        per=asked["interval_seconds"],
        aht=asked["handle_seconds"],
        target=(asked["service_level"], asked["answer_within_seconds"]),
        agents=asked["agents"],
        patience=asked["patience_seconds"],
        max_occupancy=asked["max_occupancy"],
        max_wait=asked["max_wait_seconds"],
        max_abandonment=asked["max_abandonment"],
        forecast_error=asked["forecast_error"],
        definition=Definition(asked["service_level_of"]),
        shrinkage=asked["shrinkage"],
    )
    return in_json(asdict(call_answer(question)))


def burndown(given: Given) -> Answer:
    """People who clear a backlog, and who keep it cleared."""
    asked = given.options
    found = burn_down(
        asked["inflow_per_week"],
        asked["backlog"],
        asked["weeks"],
        asked["handle_minutes"],
        asked["productive_hours_per_week"],
    )
    return in_json(asdict(found))
