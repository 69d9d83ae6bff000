"""Two processes of `tools.serve` beside each other: a scrape of either tells of both."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection

import pytest
from people import PASSWORD
from prometheus_client.parser import text_string_to_metric_families

from config import ROOT

ASKED = "/verify/dossiers/program"
"""What no other test asks a real process for: whatever runs on this checkout counts there too."""
NAME = "rectification_http_request_duration_seconds"


@contextlib.contextmanager
def served(settings):
    """A process and its port; ended by its id."""
    environ = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "PORT": "0",
        "PRACTICE": "0",
    }
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-u", "-m", "tools.serve"],
        cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        told = (re.search(r"已启动：http://127\.0\.0\.1:(\d+)", line) for line in process.stdout)
        yield process, int(next(filter(None, told))[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        process.stdout.close()


def ask(port, path, expect=200, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    assert answer.status == expect
    return said


def scrape(port):
    """How often ASKED was answered, and how many processes there are."""
    families = {one.name: one for one in text_string_to_metric_families(ask(port, "/metrics"))}
    counts = [
        sample.value
        for sample in families[NAME].samples
        if sample.name == f"{NAME}_count" and sample.labels["route"] == ASKED
    ]
    return sum(counts), families["rectification_web_processes"].samples[0].value


@pytest.mark.usefixtures("app")
def test_two_processes_add_up_and_one_that_is_killed_takes_nothing_back(place):
    settings = place.config()
    with served(settings) as (first, one):
        before, alone = scrape(one)
        ask(one, "/metrics", 403, **{"X-Forwarded-For": "127.0.0.1"})
        with served(settings) as (_, two):
            for port, many in ((one, 3), (two, 4)):
                for _ in range(many):
                    ask(port, ASKED)
            assert scrape(one) == scrape(two) == (before + 7, alone + 1)
            first.kill()
            first.wait(10)
            assert scrape(two) == (before + 7, alone)
            with served(settings) as (_, three):
                ask(three, ASKED)
                assert scrape(two) == scrape(three) == (before + 8, alone + 1)
