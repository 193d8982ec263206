# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the window's actions share: a platform, its window, its dialogs."""

import contextlib
import os
import re
import signal
import subprocess
import unittest
import uuid

from fixtures.processes import wait_stopped
from fixtures.site import OWNER, Site
from fixtures.workers import Queues
from table import Table
from window import Window

QUEUE = "gas-topup"

# Stops the program right before it sends for the first time.
HELD = {"WD_FAULT": "delivery:before-send", "WD_FAULT_ACTION": "stop"}


class ActionsCase(unittest.TestCase):
    """A fresh platform for each test, and windows upon it."""

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)
        self.window = None

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
            self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, "
                          "created_at) VALUES (%s, %s, 12.5, 'tron', "
                          "now() - %s * interval '1 minute')",
                          OWNER, address, index)
        for name, value in columns.items():
            self.site.sql(f"UPDATE user_wallets SET {name} = %s", value)
        return addresses

    def table(self, name):
        return Table(self.window, name)

    def jobs(self, columns="job_type, status", where="TRUE"):
        return self.site.sql(f"SELECT {columns} FROM job_logs WHERE {where} "
                             "ORDER BY created_at, wallet_address")

    def waiting(self, queue=QUEUE):
        """Ids of the jobs that a worker of QUEUE would run."""
        redis = self.site.redis.client()
        return sorted(redis.lrange(f"bull:{queue}:wait", 0, -1)
                      + redis.zrange(f"bull:{queue}:prioritized", 0, -1))

    def hold_sending(self, redis):
        """Waits until a window opened with HELD is about to send, and lets its job reach no queue
        until REDIS is unpaused."""
        wait_stopped(self.window.process.pid, "the window")
        redis.client_pause(60000, all=False)
        self.window.process.send_signal(signal.SIGCONT)

    def add_job_under_way(self, wallet, job_type="gas-topup", status="active"):
        """Returns the id of a row whose job a worker would be at."""
        [(row,)] = self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, wallet_address, created_at) "
            "VALUES (gen_random_uuid(), %s, %s, %s, now() - interval '40 seconds') "
            "RETURNING id::text", job_type, status, wallet)
        return row

    def fail_job(self, in_queue=True, state="failed", **columns):
        """Returns the id of a row that failed and, unless told otherwise, of its job in a queue."""
        [row] = self.site.add_failed_jobs(1)
        for name, value in columns.items():
            self.site.sql(f"UPDATE job_logs SET {name} = %s WHERE id = %s", value, row)
        if not in_queue:
            return row
        with Queues(self.site) as queues:
            delay = {"delay": 3600_000} if state == "delayed" else {}
            queues.call(QUEUE, "add", "topup", {"wallet_address": "W" + row},
                        {"jobId": row, "attempts": 3, **delay})
        if state == "failed":
            redis = self.site.redis.client()
            redis.lrem(f"bull:{QUEUE}:wait", 1, row)
            redis.hset(f"bull:{QUEUE}:{row}", mapping={"finishedOn": "2", "atm": "1"})
            redis.zadd(f"bull:{QUEUE}:failed", {row: 2})
        return row

    # Tables

    def select(self, table, first, count=1):
        """Selects COUNT rows from number FIRST on."""
        table.press(first)
        for _row in range(count - 1):
            self.window.key("shift+Down")
        self.says(f"{count} selected")

    def choose_from_menu(self, item):
        """Opens the context menu of the selection by key, and clicks ITEM in it."""
        self.window.key("shift+F10")
        self.window.click("menu item", item)
        self.window.wait_gone("menu item", item)

    def clipboard(self):
        """What was copied, by pasting it into the search."""
        self.window.key("ctrl+f")
        self.window.key("ctrl+a", "ctrl+v")
        entry = self.window.find("entry", re.compile("Search .*"))
        self.window.wait(entry.text, "text in the search")
        return entry.text()

    # Dialogs

    def dialog(self, title):
        """Returns the dialog with TITLE once it is there, and lets keys go to it."""
        node = self.window.find("dialog", title)
        self.window.focus_other(title)
        return node

    def closed(self, title):
        self.window.wait_gone("dialog", title)
        self.window.focus()

    def button(self, name, within):
        """Returns a button of a dialog; NAME is the label it shows."""
        # One with a mnemonic is named twice over.
        pattern = re.compile(rf"(_?.* )?{re.escape(name)}")
        return self.window.find("push button", pattern, within=("dialog", within))

    def is_enabled(self, name, within):
        return self.button(name, within).has("sensitive")

    def wait_enabled(self, name, within, enabled=True):
        self.window.wait(lambda: self.is_enabled(name, within) == enabled,
                         f"{name} to be {'enabled' if enabled else 'disabled'}")

    def focus(self, role, name, within):
        """Presses Tab until the focus is on a control of a dialog."""
        pattern = re.compile(rf"(_?.* )?{re.escape(name)}")
        for _attempt in range(40):
            if self.window.find(role, pattern, within=("dialog", within)).has("focused"):
                return
            before = self.window.focused()
            self.window.key("Tab")
            self.window.wait(lambda before=before: self.window.focused() != before,
                             "move of the focus")
        raise AssertionError(f"the keyboard does not get to {role} {name}")

    def focus_out_of_sight(self):
        """Presses Tab until the focus is where the tree does not show it: in a table, or in an
        entry row, which GTK 4.8 does not say that it has it."""
        for _attempt in range(40):
            before = self.window.focused_node()
            if before is None or (before.role == "text" and before.name == "Wallet addresses"):
                return
            self.window.key("Tab")
            self.window.wait(lambda before=before.path: self.window.focused() != before,
                             "move of the focus")
        raise AssertionError("the keyboard does not get there")

    def choose(self, row, choice, within, key="Down"):
        """Chooses in a combo row of a dialog by keyboard."""
        def combo():
            return self.window.find("combo box", re.compile(f"({row} )?{row}"),
                                    within=("dialog", within))

        def shown():
            return combo().labels()[1]

        def choosing():
            return any(node.has("focused") for node in combo().all("list item"))

        for _attempt in range(12):
            if shown() == choice:
                return
            before = shown()
            if not choosing():
                self.focus("combo box", row, within)
                self.window.key("space")
                self.window.wait(choosing, "the choices")
            self.window.key(key)
            self.window.key("Return")
            with contextlib.suppress(AssertionError):
                self.window.wait(lambda before=before: shown() != before, "another choice", 3)
        raise AssertionError(f"{row} has no {choice}")

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "2", text], check=True)

    def go(self, title, label=None):
        """Presses the main button of the dialog TITLE, once it can be pressed."""
        self.wait_enabled(label or title, title)
        self.button(label or title, title).click()

    def says(self, pattern, seconds=30):
        """Waits for a text anywhere that PATTERN matches whole; returns it."""
        return self.window.find(None, re.compile(pattern, re.DOTALL), seconds=seconds).name
