#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the first start to a connected window: welcome page, connection dialog, keyring, migrations,
several connections."""

import re

import window as harness
from connection_case import CONNECTED, ConnectionCase, button, field
from fixtures.migrations import migration_paths
from fixtures.postgres import PASSWORD_IN_URL
from fixtures.postgres import PASSWORD as PG_PASSWORD
from fixtures.redis_server import PASSWORD as REDIS_PASSWORD
from fixtures.site import Site
from fixtures.stack import Stack
from keyring import SilentKeyring
from remote_case import RemoteConnections
from table import Table

N_MIGRATIONS = len(migration_paths())
PENDING = re.compile(f"{N_MIGRATIONS} migrations are pending: .*")


class FirstStart(ConnectionCase):
    """Nothing is there: no table, no profile, no password."""

    def setUp(self):
        super().setUp()
        self.stack = Stack(tls=True)
        self.addCleanup(self.stack.close)

    def test_first_start(self):
        """The path of a new user, to the end; the passwords are in the keyring and nowhere else."""
        window = self.open(self.stack)
        window.find("label", "What Is Needed")
        window.screenshot("connections-welcome")
        self.press("Connect…")
        self.dialog()
        save = self.dialog().find("push button", button("Save"))
        self.assertFalse(save.has("sensitive"))
        window.find("label", "Enter the address of the PostgreSQL database")
        window.screenshot("connections-dialog-empty")
        self.fill("Main", self.stack.postgres.tls_url(), self.stack.redis.tls_url())
        # The password moves out of the address at once.
        self.wait_text(field("PostgreSQL", "Address"),
                       self.stack.postgres.tls_url().replace(":" + PASSWORD_IN_URL, ""))
        self.wait_text(field("PostgreSQL", "Host"), "localhost")
        self.type("Own certificate authority (PEM file)", self.stack.authority.certificate)
        window.screenshot("connections-dialog")

        self.press("Test Connection")
        window.find("label", f"{N_MIGRATIONS} migrations are pending")
        window.find("label", re.compile(r"PostgreSQL \d+\.\d+"))
        window.find("label", re.compile(r"Redis \d+\.\d+.*"))
        window.screenshot("connections-test")
        self.press("Back")
        self.save()
        window.find("panel", re.compile("Connection Main, .*"))
        self.assertIn("[Main]", self.file)
        self.assertNotIn("correct", self.file)
        self.assertNotIn("correct", window.log())
        self.assertEqual(self.keyring.password("Main", "postgres"), PG_PASSWORD)
        self.assertEqual(self.keyring.password("Main", "redis"), REDIS_PASSWORD)

        # The tables are made on confirmation, and what could not be read is read.
        window.find("label", PENDING)
        window.screenshot("connections-pending")
        self.press("Show Migrations…")
        window.find("list item", "0003_schema: Pending")
        window.screenshot("connections-migrations")
        self.press("Apply…", within=("dialog", "Migrations"))
        window.find("dialog", f"Apply {N_MIGRATIONS} Migrations?")
        window.screenshot("connections-migrations-confirm")
        self.press("Apply", within=("dialog", f"Apply {N_MIGRATIONS} Migrations?"))
        window.find("label", "Every migration that is needed is applied", seconds=60)
        window.find("list item", "0012_wallet_indexes: Applied")
        window.screenshot("connections-migrations-applied")
        self.press("Close", within=("dialog", "Migrations"))
        window.find("panel", re.compile("Connection Main, connected"))
        window.wait_gone("label", PENDING)
        window.find("push button", "0 wallets")


class SavedConnections(RemoteConnections, ConnectionCase):
    """Two platforms that are there already."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.other = Stack(migrate=True)
        cls.addClassCleanup(cls.other.close)
        cls.site.add_wallets(7)
        cls.site.add_failed_jobs(3)

    def write_two(self, extra=""):
        """No passwords are needed on a socket, so no keyring is asked."""
        self.write_file(
            f"# mine\n[One]\ndatabase-url={self.site.postgres.url()}\n"
            f"redis-url={self.site.redis.url()}\nkeyring=false\nlater=kept\n{extra}"
            f"[Two]\ndatabase-url={self.other.postgres.url()}\n"
            f"redis-url={self.other.redis.url()}\nkeyring=false\nread-only=true\n")

    def test_switching_keeps_filters(self):
        self.write_two()
        window = self.open(self.site, "--profile=One", page="jobs")
        window.find("label", "3 jobs")
        self.searched().set_text("no such job")
        window.find("label", "0 jobs")
        self.switch("Two")
        self.assertEqual(self.searched().text(), "")
        window.key("ctrl+2")
        window.wait(lambda: window.title() == "Wallets", "another page")
        self.switch("One")
        window.wait(lambda: window.title() == "Jobs", "the page of before")
        self.assertEqual(self.searched().text(), "no such job")
        window.find("label", "0 jobs")
        self.switch("Two")
        window.wait(lambda: window.title() == "Wallets", "the page of before")

    def test_switching_keeps_what_was_opened(self):
        self.write_two()
        window = self.open(self.site, "--profile=One", page="jobs")
        Table(window, "Jobs").press(0)
        window.key("Return")
        window.wait(lambda: window.title() == "Job", "the job")
        self.switch("Two")
        window.wait(lambda: window.title() == "Jobs", "the other's page")
        self.switch("One")
        window.wait(lambda: window.title() == "Job", "the job of before")
        window.key("Escape")
        window.wait(lambda: window.title() == "Jobs", "the page below")
        window.find("label", "3 jobs")

    def test_bad_group(self):
        """What is badly written is named; the others are there."""
        self.write_two(extra="production=perhaps\n")
        window = self.open(self.site, "--profile=Two", page="overview")
        window.find("panel", CONNECTED)
        self.menu()
        window.find("label", re.compile("The connection “One”: production.*profiles.conf.*", re.S))
        window.screenshot("connections-bad-group")

    def test_looks(self):
        """Production and read-only are said in words, in the sidebar and in the header."""
        self.write_two(extra="production=true\ncolour=purple\n")
        window = self.open(self.site, "--profile=One", page="overview")
        window.find("panel", CONNECTED)
        window.find("label", "Production", within=("panel", CONNECTED))
        window.find("label", "One · Production")
        window.screenshot("connections-production")
        self.menu()
        window.find("list item", re.compile("One, .*, production, open"))
        window.find("list item", re.compile("Two, .*, read-only"))
        window.screenshot("connections-menu")
        self.choose_in_menu(re.compile("Two, .*"))
        window.find("label", "Two · Read-Only")
        window.find("label", "Read-Only", within=("panel", CONNECTED))

    def test_edit(self):
        """Another name and colour; what the dialog does not know stays in the file, and what was
        searched for in the window."""
        self.write_two()
        window = self.open(self.site, "--profile=One", page="jobs")
        window.find("panel", CONNECTED)
        self.searched().set_text("no such job")
        self.menu()
        self.press("Edit Connection…")
        self.wait_text(re.compile("Name.*"), "One")
        self.wait_text("Queue: Balance sync", "sync-balances")
        self.type("Queue: Balance sync", "balances:2")
        window.find("label", re.compile("queue.sync: .*"))
        self.type("Queue: Balance sync", "balances")
        self.type(re.compile("Name.*"), "Two")
        window.find("label", "There is a connection named “Two” already")
        self.type(re.compile("Name.*"), "Uno")
        window.click(None, "Green")
        self.type(field("Redis", "Database"), "3")
        self.save()
        window.find("panel", re.compile("Connection Uno, connected"))
        self.assertIn("[Uno]", self.file)
        self.assertNotIn("[One]", self.file)
        for line in ("# mine", "later=kept", "colour=green", "db=3", "queue.sync=balances"):
            self.assertIn(line, self.file)
        self.assertEqual(self.searched().text(), "no such job")
        window.find("label", "0 jobs")

    def escape(self):
        self.window.focus_other("Connection")
        self.window.key("Escape")

    def test_escape_asks(self):
        """Only where something would be lost."""
        self.write_two()
        window = self.open(self.site, "--profile=One", page="overview")
        window.find("panel", CONNECTED)
        self.menu()
        self.press("Edit Connection…")
        self.wait_text(re.compile("Name.*"), "One")
        self.escape()
        window.wait_gone("dialog", "Connection")
        self.menu()
        self.press("Edit Connection…")
        self.wait_text(re.compile("Name.*"), "One")
        self.type(re.compile("Name.*"), "Other")
        self.escape()
        window.find("dialog", "Discard Changes?")
        window.screenshot("connections-discard")
        self.press("Cancel", within=("dialog", "Discard Changes?"))
        window.wait_gone("dialog", "Discard Changes?")
        self.wait_text(re.compile("Name.*"), "Other")
        self.escape()
        self.press("Discard", within=("dialog", "Discard Changes?"))
        window.wait_gone("dialog", "Connection")
        self.assertIn("[One]", self.file)

    def test_delete(self):
        self.write_two()
        window = self.open(self.site, "--profile=One", page="overview")
        window.find("panel", CONNECTED)
        self.menu()
        self.press("Edit Connection…")
        self.wait_text(re.compile("Name.*"), "One")
        self.press("Delete…")
        window.find(None, re.compile("Delete “One”.*"))
        window.screenshot("connections-delete")
        self.press("Delete")
        window.wait_gone("dialog", "Connection")
        window.find("label", "No Connection Is Open")
        self.choose(re.compile("Two, .*"))
        window.find("panel", re.compile("Connection Two, connected"))
        self.assertNotIn("[One]", self.file)

    def test_not_found(self):
        """The one used last is gone: the others are offered."""
        self.write_two()
        window = self.open(self.site, "--profile=Three")
        window.find("label", "“Three” Cannot Be Opened")
        self.assertFalse(window.is_there("push button", re.compile(".*Try Again")))
        window.screenshot("connections-problem")
        self.choose(re.compile("Two, .*"))
        window.find("panel", re.compile("Connection Two, connected"))


class NoKeyring(ConnectionCase):
    """No secret service answers."""

    keyring_class = SilentKeyring

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)

    def test_without_keyring(self):
        """A password cannot be saved, so nothing is, and the error says what to do instead."""
        window = self.open(self.site)
        self.press("Connect…")
        self.fill("Main", self.site.postgres.url(), self.site.redis.url())
        self.type(field("PostgreSQL", "Password"), "geheim")
        node = window.find("push button", button("Save"), within=("dialog", "Connection"))
        window.wait(lambda: self.dialog().find("push button", button("Save")).has("sensitive"),
                    "connection that can be saved")
        node.click()
        window.find("label", re.compile("The connection was not saved.*DATABASE_URL.*pgpass.*"))
        window.screenshot("connections-no-keyring")
        self.assertEqual(self.file, "")
        self.type(field("PostgreSQL", "Password"), "")
        self.save()
        window.find("panel", CONNECTED)
        self.assertIn("keyring=false", self.file)


if __name__ == "__main__":
    harness.main()
