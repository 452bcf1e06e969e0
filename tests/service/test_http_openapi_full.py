"""The service keeps its OpenAPI document, thousands of times."""

import pytest

from tests.service.fuzzing import fuzzed

test_the_service_keeps_its_document_5000_times = pytest.mark.full(
    fuzzed(90, whole=True)
)
