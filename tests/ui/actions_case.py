# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the window's actions share: a platform, its window, its dialogs."""

import os
import re
import subprocess
import time
import unittest
import uuid

from fixtures.site import OWNER, Site
from fixtures.workers import Queues
from table import Table
from window import Window


class ActionsCase(unittest.TestCase):
    """A fresh platform for each test, and windows upon it."""

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)
        self.dialog_window = None

    def open(self, page="wallets", size="1200x800", **options):
        window = Window(self.site.environment(), page=page, size=size, **options)
        self.addCleanup(window.close)
        self.window = window
        return window

    def open_profile(self, page="wallets", **keys):
        """Opens a window upon a profile that says KEYS, such as read_only="true"."""
        folder = self.site.household.path("config", "worker-dashboard")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            file.write(f"[Live]\ndatabase-url={self.site.postgres.url()}\n"
                       f"redis-url={self.site.redis.url()}\n")
            for name, value in keys.items():
                file.write(f"{name.replace('_', '-')}={value}\n")
        return self.open(page, arguments=["--profile=Live"], DATABASE_URL=None, REDIS_URL=None,
                         XDG_CONFIG_HOME=self.site.household.path("config"))

    def add_wallets(self, count, **columns):
        """Returns the addresses of COUNT wallets, the newest first as the table has them."""
        addresses = [f"T{index:03d}{uuid.uuid4().hex}" for index in range(count)]
        for index, address in enumerate(addresses):
            self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, created_at) "
                          "VALUES (%s, %s, 12.5, 'tron', now() - %s * interval '1 minute')",
                          OWNER, address, index)
        for name, value in columns.items():
            self.site.sql(f"UPDATE user_wallets SET {name} = %s", value)
        return addresses

    def table(self, name):
        return Table(self.window, name)

    def jobs(self, columns="job_type, status", where="TRUE"):
        return self.site.sql(f"SELECT {columns} FROM job_logs WHERE {where} "
                             "ORDER BY created_at, wallet_address")

    def waiting(self, queue="gas-topup"):
        """Ids of the jobs that a worker of QUEUE would run."""
        redis = self.site.redis.client()
        return sorted(redis.lrange(f"bull:{queue}:wait", 0, -1)
                      + redis.zrange(f"bull:{queue}:prioritized", 0, -1))

    # Dialogs

    def dialog(self, title):
        """Returns the dialog with TITLE once it is there, and lets keys go to it."""
        node = self.window.find("dialog", title)
        self.focus_dialog(title)
        return node

    def focus_dialog(self, title):
        def found():
            result = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                    check=False, text=True, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL)
            return result.stdout.split()

        window = self.window.wait(found, f"X window {title}")[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)

    def focus_main(self):
        self.window._focus_window()  # pylint: disable=protected-access

    def closed(self, title):
        self.window.wait_gone("dialog", title)
        self.focus_main()

    def button(self, name, within):
        """Returns a button of a dialog; NAME is the label it shows."""
        return self.window.find("push button", name, within=("dialog", within))

    def is_enabled(self, name, within):
        return self.button(name, within).has("sensitive")

    def wait_enabled(self, name, within, enabled=True):
        self.window.wait(lambda: self.is_enabled(name, within) == enabled,
                         f"{name} to be {'enabled' if enabled else 'disabled'}")

    def says(self, pattern, seconds=30):
        """Waits for a text anywhere that PATTERN matches whole; returns it."""
        return self.window.find(None, re.compile(pattern, re.DOTALL), seconds=seconds).name
