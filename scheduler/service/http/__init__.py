"""What the service says and hears over HTTP: a thin skin around the pipeline."""
