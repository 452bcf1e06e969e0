"""Imported last by the server that processes are forked from: see ``begun``."""

from scheduler.service.jobs.death import die_with_parent

die_with_parent(0)
