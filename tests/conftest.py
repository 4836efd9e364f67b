"""For all tests."""

import signal
from collections.abc import Iterator

import pytest

from tests.storage.s3 import s3_server

# A shell that starts the tests in the background has them ignore SIGINT, and then every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """A real S3 server."""
    with s3_server() as address:
        yield address
