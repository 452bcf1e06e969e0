"""The planner's page: static files, served by `ringfence serve`."""

from scheduler.web.files import PAGE, POLICY, WebFile, web_file, web_files

__all__ = ["PAGE", "POLICY", "WebFile", "web_file", "web_files"]
