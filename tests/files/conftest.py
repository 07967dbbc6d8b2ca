"""What tests of files need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.files.network import Network
from tests.http_server import running


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network()
    with running(network.server):
        yield network
        network.ended.set()
