"""Jobs as the documents that are said of them."""

from scheduler.service.documents import JobMetadata, JobOptions, Submission
from scheduler.service.jobs.records import Job, Options


def options_of(options: Options) -> JobOptions:
    """Return what was asked, as a document says it."""
    return JobOptions(
        engine=options.engine,
        time_limit=options.seconds,
        gap=options.gap,
        seed=options.seed,
        workers=options.workers,
        verify=options.verify,
        near=options.near,
        report=options.report,
    )


def metadata_of(job: Job) -> JobMetadata:
    """Return a job as it stands, as a document says it."""
    return JobMetadata(
        id=job.id,
        name=job.name,
        tags=list(job.tags),
        status=job.status,
        solver_status=job.solver_status,
        stop_reason=job.stop_reason,
        objective=job.objective,
        bound=job.bound,
        gap=job.gap,
        options=options_of(job.options),
        plan_hash=job.plan_hash,
        attempt=job.attempt,
        stop_asked=job.stop_asked,
        reason=job.reason,
        trace_id=job.trace_id,
        submitted_at=job.submitted_at,
        started_at=job.started_at,
        solving_at=job.solving_at,
        solved_at=job.solved_at,
        ended_at=job.ended_at,
    )


def submission_of(job: Job, notes: list[str]) -> Submission:
    """Return a job as it was taken in."""
    return Submission(
        id=job.id,
        name=job.name,
        tags=list(job.tags),
        plan_hash=job.plan_hash,
        options=options_of(job.options),
        notes=notes,
        submitted_at=job.submitted_at,
    )


def etag_of(job: Job) -> str:
    """Return what changes whenever something that is said of a job does."""
    return f'"{job.id}-{job.version}"'
