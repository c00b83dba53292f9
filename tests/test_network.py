"""The suite has no network, so what passes in it needs none; and that guard is awake."""

from __future__ import annotations

import socket

import pytest

from partnerwizard.cli import main
from partnerwizard.resources import examples_dir


@pytest.mark.parametrize("host", ["192.0.2.1", "127.0.0.1"])
def test_a_connection_is_refused(host):
    with socket.socket() as one, pytest.raises(PermissionError, match="wanted the network"):
        one.connect((host, 80))


def test_a_look_up_of_a_name_is_refused():
    with pytest.raises(PermissionError, match="wanted the network"):
        socket.getaddrinfo("example.invalid", 80)


@pytest.mark.loopback
def test_with_the_mark_only_this_computer_is_reached():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
    with socket.socket() as one, pytest.raises(PermissionError, match="wanted the network"):
        one.connect(("192.0.2.1", 80))


def test_the_whole_job_is_done_without_a_network(tmp_path):
    example = str(next(examples_dir().glob("*.partnering")))
    assert main(["appraise", example]) == 0
    assert main(["report", example, "--to", "html,pdf,docx,xlsx,json", "-o", str(tmp_path)]) == 0
