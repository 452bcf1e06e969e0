"""Figures of jobs for Prometheus, counted by the process that runs them."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from scheduler.service.jobs.records import Job

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
_GAPS = (0.0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)


class Figures:
    """What is counted of jobs."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._wait = Histogram(
            "ringfence_queue_wait_seconds",
            "From a job's submission until a worker first takes it up.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._solve = Histogram(
            "ringfence_solve_seconds",
            "Search of a job that has ended with an answer.",
            ["engine", "outcome"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._gap = Histogram(
            "ringfence_gap_ratio",
            "How much better a roster could be at most, at the end of its job.",
            buckets=_GAPS,
            registry=registry,
        )
        self._recovered = Counter(
            "ringfence_recovered_jobs",
            "Jobs put back because their worker was lost.",
            registry=registry,
        )

    def taken_up(self, job: Job) -> None:
        """Count how long a job has waited, when it is taken up for the first time."""
        if job.attempt == 1 and job.started_at is not None:
            waited = (job.started_at - job.submitted_at).total_seconds()
            self._wait.observe(max(0.0, waited))

    def ended(self, job: Job) -> None:
        """Count a job that has ended."""
        if job.solving_at is not None and job.solved_at is not None:
            outcome = (job.solver_status or job.status).lower()
            took = (job.solved_at - job.solving_at).total_seconds()
            self._solve.labels(job.options.engine, outcome).observe(took)
        if job.gap is not None:
            self._gap.observe(job.gap)

    def recovered(self) -> None:
        """Count a job that was put back."""
        self._recovered.inc()
