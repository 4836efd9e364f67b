from itertools import count

import boto3
import pytest

from tests.storage.s3 import environment

_numbers = count()


@pytest.fixture
def bucket(s3_address: str, monkeypatch) -> str:
    """The URL of a bucket of its own for each test, on the server."""
    for name, value in environment(s3_address).items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{next(_numbers)}"
    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}"


@pytest.fixture(params=["s3", "memory"])
def place(request) -> str:
    """The URL of an empty place, on S3 and in memory."""
    return request.getfixturevalue("bucket") if request.param == "s3" else f"memory://place-{next(_numbers)}"
