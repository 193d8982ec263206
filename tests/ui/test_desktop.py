#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the desktop does with the program: links, entries of its menu, search, several windows."""

import configparser
import contextlib
import os
import re
import shlex
import signal
import subprocess
import urllib.parse

import gi

import window as harness
from connection_case import ConnectionCase
from fixtures.processes import wait_until
from fixtures.site import Site
from table import Table
from window import Window

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ID = "org.workerdashboard.WorkerDashboard"
PATH = "/org/workerdashboard/WorkerDashboard"
SEARCH = "org.gnome.Shell.SearchProvider2"
APPLICATION = "org.freedesktop.Application"
BUS = "org.freedesktop.DBus"
SWITCH = re.compile("(.* )?Show in the desktop’s search")


def desktop_file():
    """The entries of the desktop file, as its source has them."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(os.path.join(harness.SOURCE, "data", f"{ID}.desktop.in"), encoding="utf-8")
    return parser


class DesktopCase(ConnectionCase):
    """Two connections, and what a desktop does on the bus."""

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
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        self.session = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.addCleanup(self.session.close_sync, None)

    def call(self, path, interface, method, form, *values):
        answer = self.session.call_sync(ID, path, interface, method, GLib.Variant(form, values),
                                        None, Gio.DBusCallFlags.NONE, 20000, None)
        return answer.unpack()

    def search(self, *words):
        [found] = self.call(f"{PATH}/SearchProvider", SEARCH, "GetInitialResultSet", "(as)",
                            list(words))
        return found


class Desktop(DesktopCase):
    """A program that is started once and asked again and again."""

    def setUp(self):
        super().setUp()
        self.open(self.site, self.link("job", self.job, "Main"))
        self.window.wait(lambda: self.window.title() == "Job", "the job of the link")

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

    def test_commands_of_the_menu(self):
        """What a launcher without a bus of its own starts ends up in the same program."""
        entries = desktop_file()
        commands = {name: shlex.split(entries[f"Desktop Action {name}"]["Exec"])[1:]
                    for name in entries["Desktop Entry"]["Actions"].strip(";").split(";")}
        window = self.window
        self.assertEqual(self.start_again(*commands.pop("failed-jobs")), (0, ""))
        window.wait(lambda: window.title() == "Jobs", "the failed jobs")
        Table(window, "Jobs").wait_rows(["Failed"], lambda row: row["Status"])
        self.assertEqual(self.start_again(*commands.pop("trigger-job")), (0, ""))
        window.find("dialog", "Trigger Job")
        window.focus_other("Trigger Job")
        window.key("Escape")
        window.wait_gone("dialog", "Trigger Job")
        self.assertEqual(len(self.frames()), 1)
        self.assertEqual(self.start_again(*commands.pop("new-window")), (0, ""))
        window.wait(lambda: len(self.frames()) == 2, "two windows")
        self.call(PATH, APPLICATION, "ActivateAction", "(sava{sv})", "new-window", [], {})
        window.wait(lambda: len(self.frames()) == 3, "three windows")
        self.assertEqual(commands, {})

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
        self.assertEqual(found, [f"win.show-job Main {self.job}"])
        [[meta]] = self.call(at, SEARCH, "GetResultMetas", "(as)", found)
        self.assertEqual((meta["id"], meta["name"], meta["clipboardText"]),
                         (found[0], self.job, self.job))
        self.assertIn("Failed", meta["description"])
        [wallets] = self.call(at, SEARCH, "GetSubsearchResultSet", "(asas)", found, [self.wallet])
        self.assertEqual(wallets, [f"win.show-wallet Main {self.wallet}"])
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


class Process:
    """One that somebody else started."""

    returncode = "whatever"

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        with contextlib.suppress(OSError):
            with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
                return 0 if stat.read().rpartition(")")[2].split()[0] == "Z" else None
        return 0

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self):
        wait_until(lambda: self.poll() is not None, 20, "its end")


class Activated(Window):
    """The window of a program that the bus has started."""

    def __init__(self, process):  # pylint: disable=super-init-not-called
        self.size = "1200x800"
        self.process = process
        self.bus = harness.AccessibilityBus(self.understand)
        self._appear()
        self.focus()

    def log(self):
        return ""


class Activation(DesktopCase):
    """The program is started by the bus, as it is installed, for what is asked of it there."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.end)
        folder = os.path.join(os.environ["XDG_DATA_HOME"], "dbus-1", "services")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(harness.SOURCE, "data", f"{ID}.dbus.service.in"),
                  encoding="utf-8") as source:
            text = source.read().replace("@APPLICATION_ID@", ID).replace(
                "@BINDIR@", os.path.join(harness.build_folder(), "src", "app"))
        self.service = os.path.join(folder, f"{ID}.service")
        with open(self.service, "w", encoding="utf-8") as file:
            file.write(text)
        self.addCleanup(self.ask_bus, "ReloadConfig", "()")
        self.addCleanup(os.remove, self.service)
        self.ask_bus("ReloadConfig", "()")
        self.addCleanup(self.ask_bus, "UpdateActivationEnvironment", "(a{ss})",
                        {"GSETTINGS_BACKEND": "memory", "G_DEBUG": ""})
        self.ask_bus("UpdateActivationEnvironment", "(a{ss})", {
            "GSETTINGS_SCHEMA_DIR": os.path.join(harness.build_folder(), "data"),
            "GSETTINGS_BACKEND": "keyfile", "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings"})

    def ask_bus(self, method, form, *values):
        answer = self.session.call_sync(BUS, "/org/freedesktop/DBus", BUS, method,
                                        GLib.Variant(form, values), None, Gio.DBusCallFlags.NONE,
                                        20000, None)
        return answer.unpack()

    def settings(self, **keys):
        """Writes what a desktop keeps in its settings."""
        path = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("[org/workerdashboard/WorkerDashboard]\n" + "".join(
                f"{name.replace('_', '-')}={value}\n" for name, value in keys.items()))
        self.addCleanup(lambda: os.path.exists(path) and os.remove(path))

    def running(self):
        """Returns the process that has the name, or None."""
        with contextlib.suppress(GLib.Error):
            return Process(self.ask_bus("GetConnectionUnixProcessID", "(s)", ID)[0])
        return None

    def appear(self):
        """Returns the window of what runs."""
        self.window = Activated(self.running())
        return self.window

    def connected(self):
        """How many connections the program has to the database."""
        [(count,)] = self.site.sql("SELECT count(*) FROM pg_stat_activity "
                                   "WHERE application_name = 'Worker Dashboard'")
        return count

    def end(self):
        """Ends what runs without a window, at once."""
        process = self.running()
        if process is None:
            return
        self.call(PATH, APPLICATION, "ActivateAction", "(sava{sv})", "quit", [], {})
        process.wait()

    def test_search(self):
        """It finds without a window, stays for the next letter, and leads to what it found."""
        self.settings(desktop_search="true", profile="'Main'")
        # A busy machine may need more than the patience of one question.
        found = wait_until(lambda: self.search(self.job[:8]), 60, "the job")
        self.assertEqual(found, [f"win.show-job Main {self.job}"])
        first = self.running().pid
        self.assertGreater(self.connected(), 0)
        self.assertEqual(wait_until(lambda: self.search(self.wallet), 60, "the wallet"),
                         [f"win.show-wallet Main {self.wallet}"])
        self.assertEqual(self.running().pid, first)
        self.assertFalse(subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(first)],
                                        check=False, capture_output=True, text=True).stdout)
        # It may have ended by the time that somebody chooses.
        self.end()
        self.call(f"{PATH}/SearchProvider", SEARCH, "ActivateResult", "(sasu)", found[0],
                  [self.job[:8]], 0)
        window = self.appear()
        window.wait(lambda: window.title() == "Job", "the job that was found")
        window.find("panel", re.compile("Connection Main, connected"))
        self.call(f"{PATH}/SearchProvider", SEARCH, "LaunchSearch", "(asu)", [self.wallet], 0)
        entry = window.find("entry", "Find", within=("dialog", "Find"))
        window.wait(lambda: entry.text() == self.wallet, "the words in the palette")
        window.find("list item", re.compile(f"{self.wallet}.*"))
        window.picture("desktop-search-goes-on")
        # With its window the program ends, at once.
        window.focus_other("Find")
        window.key("Escape")
        window.wait_gone("dialog", "Find")
        window.focus()
        window.key("ctrl+w")
        wait_until(lambda: self.running() is None, 20, "its end")

    def test_search_is_off(self):
        """Until somebody asked for it nothing is opened for it."""
        self.settings(profile="'Main'")
        # What ran before may still be ending.
        wait_until(lambda: self.connected() == 0, 20, "an idle database")
        self.assertEqual(self.search(self.job[:8]), [])
        self.assertEqual(self.connected(), 0)
        self.assertIsNotNone(self.running())

    def test_words_of_a_search(self):
        """Whoever wants more of it than the desktop shows goes on in a window of its own."""
        self.settings(desktop_search="true", profile="'Main'")
        self.call(f"{PATH}/SearchProvider", SEARCH, "LaunchSearch", "(asu)", [self.wallet], 0)
        window = self.appear()
        entry = window.find("entry", "Find", within=("dialog", "Find"))
        window.wait(lambda: entry.text() == self.wallet, "the words in the palette")

    def test_new_window(self):
        """The first window is upon the connection used last."""
        self.settings(profile="'Main'")
        self.call(PATH, APPLICATION, "ActivateAction", "(sava{sv})", "new-window", [], {})
        window = self.appear()
        window.find("panel", re.compile("Connection Main, connected"))
        self.assertEqual(sum(node.role == "frame" for node in window.tree().walk()), 1)


del ConnectionCase, DesktopCase

if __name__ == "__main__":
    harness.main()
