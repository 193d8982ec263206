#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that stop or hang: the window says so, keeps what it has, and comes back by itself."""

import re
import time
import unittest

import window as harness
from fixtures import sample
from fixtures.site import Site
from window import Window


CONNECTED = "Connection Environment, connected"


class Trouble(unittest.TestCase):
    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)

    def open(self, **options):
        window = Window(self.site.environment(), **options)
        self.addCleanup(window.close)
        return window

    def test_redis_stops(self):
        """The database's part goes on; the banner says what is missing, and goes again."""
        sample.fill(self.site, wallets=50, jobs=400)
        window = self.open(page="overview")
        window.find("push button", "50 wallets")
        self.site.redis.stop()
        window.find(None, re.compile(".*since.*database’s view.*"), seconds=30)
        self.site.add_wallets(1)
        window.find("push button", "51 wallets")
        self.site.redis.start()
        window.find("panel", CONNECTED, seconds=60)

    def test_postgres_hangs(self):
        """A hung server never blocks the window, and old data say that they are old."""
        sample.fill(self.site, wallets=50, jobs=400)
        window = self.open(page="jobs")
        window.find("label", "400 jobs")
        self.site.postgres.pause()
        self.addCleanup(self.site.postgres.resume)
        window.find(None, re.compile(".*since.*older.*"), seconds=60)
        window.find("label", "400 jobs")
        start = time.monotonic()
        window.key("ctrl+2")
        window.wait(lambda: window.title() == "Wallets", "another page")
        self.assertLess(time.monotonic() - start, 2)
        self.site.postgres.resume()
        window.find("panel", CONNECTED, seconds=60)

    def test_not_migrated(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, error_message) "
                      "VALUES ('a', 'sync', 'failed', '<b>&amp; 100 %% </b>')")
        self.site.sql("DROP SCHEMA worker_dashboard CASCADE")
        window = self.open(page="jobs")
        window.find("label", "1 job")

    def test_no_server_named(self):
        window = self.open(page="overview", DATABASE_URL=None, REDIS_URL=None)
        window.find("label", re.compile(".*DATABASE_URL.*", re.DOTALL))

    def test_wrong_address(self):
        window = self.open(page="overview", DATABASE_URL="postgresql:///x?host=/nonexistent")
        window.find(None, re.compile(".*since.*"), seconds=30)


if __name__ == "__main__":
    harness.main()
