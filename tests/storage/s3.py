"""A real S3 server on the loopback address, in a process of its own."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def environment(address: str) -> dict[str, str]:
    """What a person sets to use it."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "nothing to hide",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of the server; the log of the requests that it got is at `requests_log`."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("w") as file:
            server = subprocess.Popen(
                [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
                stdout=file,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        try:
            while not (found := re.search(r"Running on (http://127\.0\.0\.1:\d+)", log.read_text())):
                assert server.poll() is None, log.read_text()
                time.sleep(0.05)
            LOGS[found.group(1)] = log
            yield found.group(1)
        finally:
            server.kill()
            server.wait()


LOGS: dict[str, Path] = {}


class Requests:
    """The requests that a server has got since this was made."""

    def __init__(self, address: str) -> None:
        self.log = LOGS[address]
        self.begin = self.log.stat().st_size

    def of(self, method: str) -> list[str]:
        """The paths of those with a method."""
        text = self.log.read_bytes()[self.begin :].decode()
        return re.findall(rf'"(?:\x1b\[\d*m)*{method} (\S+) HTTP', text)
