#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the desktop does with the program: links, entries of its menu, search, several windows."""

import os
import re
import subprocess
import urllib.parse

import gi

import window as harness
from connection_case import ConnectionCase
from fixtures.site import Site
from table import Table

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ID = "org.workerdashboard.WorkerDashboard"
PATH = "/org/workerdashboard/WorkerDashboard"
SEARCH = "org.gnome.Shell.SearchProvider2"
APPLICATION = "org.freedesktop.Application"
SWITCH = re.compile("(.* )?Show in the desktop’s search")


class Desktop(ConnectionCase):
    """A program that is started once and asked again and again."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.wallet, = cls.site.add_wallets(1)
        cls.job, = cls.site.add_failed_jobs(1)

    def setUp(self):
        super().setUp()
        self.write_file("".join(
            f"[{name}]\ndatabase-url={self.site.postgres.url()}\n"
            f"redis-url={self.site.redis.url()}\nkeyring=false\n" for name in ("Main", "Other")))
        self.open(self.site, self.link("job", self.job, "Main"))
        self.window.wait(lambda: self.window.title() == "Job", "the job of the link")
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        self.session = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.addCleanup(self.session.close_sync, None)

    @staticmethod
    def link(kind, subject, connection=None):
        query = f"?connection={urllib.parse.quote(connection)}" if connection else ""
        return f"worker-dashboard://{kind}/{urllib.parse.quote(subject, safe='')}{query}"

    def start_again(self, *arguments):
        """Starts the program a second time; returns its exit status and what it complained of."""
        variables = {**os.environ, "GSETTINGS_SCHEMA_DIR": os.path.join(harness.build_folder(),
                                                                        "data")}
        for name in ("DATABASE_URL", "REDIS_URL"):
            variables.pop(name, None)
        done = subprocess.run(
            [os.path.join(harness.build_folder(), "src", "app", "worker-dashboard"), *arguments],
            env=variables, capture_output=True, text=True, timeout=30, check=False)
        return done.returncode, done.stderr

    def call(self, path, interface, method, form, *values):
        answer = self.session.call_sync(ID, path, interface, method, GLib.Variant(form, values),
                                        None, Gio.DBusCallFlags.NONE, 20000, None)
        return answer.unpack()

    def frames(self):
        return [node.name for node in self.window.tree().all("frame")]

    def test_links_and_menu(self):
        window = self.window
        self.assertEqual(self.start_again(self.link("wallet", self.wallet)), (0, ""))
        window.wait(lambda: window.title() == "Wallet", "the wallet of the link")
        self.call(PATH, APPLICATION, "ActivateAction", "(sava{sv})", "failed-jobs", [], {})
        window.wait(lambda: window.title() == "Jobs", "the failed jobs")
        Table(window, "Jobs").wait_rows(["Failed"], lambda row: row["Status"])
        self.call(PATH, APPLICATION, "ActivateAction", "(sava{sv})", "trigger-job", [], {})
        window.find("dialog", "Trigger Job")
        window.focus_other("Trigger Job")
        window.key("Escape")
        window.wait_gone("dialog", "Trigger Job")
        for wrong in ("worker-dashboard://server/x", "worker-dashboard://job/", "https://x.y/"):
            with self.subTest(wrong):
                status, complaint = self.start_again(wrong)
                self.assertEqual(status, 2)
                self.assertRegex(complaint, "no link|Unknown argument")
        # What it leads to is shown of its connection, and of no other that is opened then.
        self.assertEqual(self.start_again(self.link("wallet", self.wallet, "Nowhere")), (0, ""))
        window.find("panel", "“Nowhere” Cannot Be Opened")
        self.choose("Other, this computer")
        window.find("label", "What was asked for was not done: it was for “Nowhere”, and another "
                             "connection is shown")
        window.picture("desktop-another-connection")
        other, = [frame for frame in window.tree().all("frame")
                  if frame.find("panel", re.compile("Connection Other, .*"))]
        self.assertNotIn("Wallet", [node.name for node in other.walk()])

    def test_search(self):
        """Nothing is found until somebody asked for it; then what it says leads there."""
        at = f"{PATH}/SearchProvider"
        text = self.job[:8]
        self.assertEqual(self.call(at, SEARCH, "GetInitialResultSet", "(as)", [text]), ([],))
        self.window.key("ctrl+comma")
        self.window.find("dialog", "Preferences")
        self.window.focus_other("Preferences")
        self.window.move_to("check box", SWITCH)
        self.window.wait(lambda: self.window.find("check box", SWITCH).has("checked"), "the switch")
        self.window.key("Escape")
        self.window.wait_gone("dialog", "Preferences")
        [found] = self.call(at, SEARCH, "GetInitialResultSet", "(as)", [text])
        self.assertEqual(found, [f"win.show-job {self.job}"])
        [[meta]] = self.call(at, SEARCH, "GetResultMetas", "(as)", found)
        self.assertEqual((meta["id"], meta["name"], meta["clipboardText"]),
                         (found[0], self.job, self.job))
        self.assertIn("Failed", meta["description"])
        [wallets] = self.call(at, SEARCH, "GetSubsearchResultSet", "(asas)", found, [self.wallet])
        self.assertEqual(wallets, [f"win.show-wallet {self.wallet}"])
        self.call(at, SEARCH, "ActivateResult", "(sasu)", wallets[0], [self.wallet], 0)
        self.window.wait(lambda: self.window.title() == "Wallet", "the wallet that was found")

    def test_windows(self):
        """A connection has one window; each window its connection; the last one ends it all."""
        self.menu()
        self.window.move_to("push button", "Open Other in a New Window")
        self.window.wait(lambda: len(self.frames()) == 2, "two windows")
        self.window.find("panel", re.compile("Connection Other, connected"))
        self.window.find("panel", re.compile("Connection Main, connected"))
        self.assertEqual(self.start_again(self.link("wallet", self.wallet, "Main")), (0, ""))
        self.window.wait(lambda: any(node.name == "Wallet" for node in self.window.tree().walk()),
                         "the wallet in the window of its connection")
        self.window.picture("desktop-windows")
        self.window.focus()
        self.window.key("ctrl+w")
        self.window.wait(lambda: len(self.frames()) == 1, "one window")
        self.assertIsNone(self.window.process.poll())


del ConnectionCase

if __name__ == "__main__":
    harness.main()
