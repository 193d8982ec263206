#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the program asks of the desktop by its portals, as it does within Flatpak: notifications,
not to be cut off, files, looks, and to go on without a window; granted, refused, unanswered, and
where there is no portal. The portals are played by python-dbusmock."""

import os
import re
import shutil
import subprocess

import window as harness
from connection_case import ConnectionCase, button
from fixtures.processes import wait_until
from fixtures.site import Site
from keyring import SilentKeyring
from portal import PORTALS, Portal

ID = "org.workerdashboard.WorkerDashboard"
FAILED = "Failed jobs: Gas top-up"
KEEPS = "Worker Dashboard keeps watching"
SENDING = "Jobs are being sent to their queues"
# No logout and no suspend.
FLAGS = 1 | 4


class Portals(ConnectionCase):
    """A program that takes itself for a Flatpak, and the desktop's part."""

    keyring_class = SilentKeyring

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.wallets = cls.site.add_wallets(3)

    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE job_logs")
        # What was told of is not told of again at once.
        shutil.rmtree(os.path.join(os.environ["XDG_DATA_HOME"], "worker-dashboard"),
                      ignore_errors=True)
        self.write_file(f"[Main]\ndatabase-url={self.site.postgres.url()}\n"
                        f"redis-url={self.site.redis.url()}\nkeyring=false\n")

    def desktop(self, **options):
        portal = Portal(**options)
        self.addCleanup(portal.close)
        return portal

    @staticmethod
    def link(wallet):
        return f"worker-dashboard://wallet/{wallet}?connection=Main"

    def start(self, keep_watching=False):
        """Opens the first wallet's page."""
        folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
            file.write("[org/workerdashboard/WorkerDashboard]\n"
                       f"keep-watching={str(keep_watching).lower()}\n")
        window = self.open(self.site, self.link(self.wallets[0]), FLATPAK_ID=ID,
                           GSETTINGS_BACKEND="keyfile", **PORTALS)
        window.wait(lambda: window.title() == "Wallet", "the wallet of the link")
        return window

    def wait_shown(self, portal, title):
        return self.window.wait(lambda: portal.find(title), f"notification {title}")

    def wait_inhibited(self, portal, *wanted):
        self.window.wait(lambda: portal.inhibited() == list(wanted),
                         lambda: f"{wanted}: it is {portal.inhibited()}")

    def go_to(self, portal, number):
        """Shows another wallet, by a link; returns once the one before has made way."""
        self.window.focus()
        self.window.key("alt+Left")
        portal.open(ID, self.link(self.wallets[number]))
        names = [f"{wallet[:6]}…{wallet[-5:]}" for wallet in self.wallets]
        self.window.wait(
            lambda: [name for name in names if self.window.is_there("label", name)]
            == [names[number]], "the wallet of the link")

    def trigger(self):
        """A job for the wallet that is shown."""
        self.window.click("push button", "Gas Top-up…")
        self.window.find("dialog", "Trigger Job")
        go = self.window.find("push button", button("Trigger Job"), ("dialog", "Trigger Job"))
        self.window.wait(lambda: go.has("sensitive"), "Trigger Job that can be pressed")
        go.click()
        self.window.find("label", "Gas top-up queued for 1 wallet")
        self.window.wait_gone("dialog", "Trigger Job")

    def test_asked(self):
        portal = self.desktop()
        self.start()
        self.check_triggers(portal)
        self.check_looks(portal)
        self.check_alert(portal)
        self.check_bulk(portal)
        self.check_export(portal)

    def check_triggers(self, portal):
        """Nobody waits for the portal: not while it is silent, and not when it says no."""
        self.trigger()
        self.wait_inhibited(portal)
        self.assertEqual([what for _path, *what in portal.calls("Granted")], [[FLAGS, SENDING]])
        portal.forget()
        portal.pause()
        self.go_to(portal, 1)
        self.trigger()
        portal.go_on()
        self.window.wait(lambda: portal.calls("Granted") and portal.calls("Close"),
                         "what was granted late given back")
        self.assertEqual(portal.inhibited(), [])
        portal.set("stays", False)
        self.go_to(portal, 2)
        self.trigger()
        portal.set("stays", True)

    def check_looks(self, portal):
        def brightness():
            shown = subprocess.run(
                ["convert", self.window.picture("portals-looks"), "-colorspace", "Gray",
                 "-format", "%[fx:mean]", "info:"], check=True, stdout=subprocess.PIPE, text=True)
            return float(shown.stdout)

        self.assertGreater(brightness(), 0.6)
        portal.appear("color-scheme", 1)
        self.window.wait(lambda: brightness() < 0.4, "the dark style")
        portal.appear("color-scheme", 2)

    def check_alert(self, portal):
        """Told of once, leads to the jobs, and taken back when somebody knows of it."""
        self.site.add_failed_jobs(30)
        said = self.wait_shown(portal, FAILED)
        self.assertRegex(said["body"], r"^Main: 30 failed in 1 h, threshold \d+\. .+")
        self.assertEqual(said["priority"], "high")
        self.assertEqual(said["default-action"], "app.open-alert")
        portal.activate(ID, said)
        self.window.find("label", "30 jobs")
        entry = self.window.find("entry", "Search jobs")
        self.window.wait(lambda: "type:gas-topup" in entry.text(), "the filter")
        portal.activate(ID, said, "Acknowledge")
        self.window.wait(lambda: not portal.find(FAILED), "it taken back")
        self.assertEqual(len([said for _id, said in portal.calls("AddNotification")
                              if said["title"] == FAILED]), 1)

    def check_bulk(self, portal):
        """Of the 30 jobs on the page."""
        self.site.sql(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$; "
            "CREATE TRIGGER slow BEFORE UPDATE ON job_logs FOR EACH ROW EXECUTE FUNCTION slow()")
        self.addCleanup(self.site.sql, "DROP FUNCTION slow CASCADE")
        self.window.click("push button", "Retry All Matching…")
        go = self.window.find("push button", button("Retry 30 Jobs"), ("dialog", "Retry Jobs"))
        self.window.wait(lambda: go.has("sensitive"), "Retry that can be pressed")
        go.click()
        self.wait_inhibited(portal, (FLAGS, "A bulk run is under way"))
        self.window.find(None, re.compile("Finished · 30 done, 0 refused"))
        self.wait_inhibited(portal)

    def check_export(self, portal):
        """A chosen file is written, and its folder shown, without a look at the file system."""
        path = os.path.join(self.site.household.make_folder("lent"), "jobs.csv")
        portal.set("chosen", path)
        self.window.focus()
        self.window.key("ctrl+shift+e")
        self.window.click("push button", re.compile("(CS_V… )?CSV…"))
        self.window.find("label", re.compile(r"\d+ rows written to “jobs.csv”"))
        [[_parent, title, options]] = portal.calls("SaveFile")
        self.assertEqual(title, "Export Jobs")
        self.assertRegex(options["current_name"], r"^jobs.*\.csv$")
        self.window.click("push button", re.compile("(Open Folder ?)+"))
        self.window.wait(lambda: portal.calls("Shown") == [[path]], "the folder")
        with open(path, encoding="utf-8") as file:
            self.assertTrue(file.readline().startswith("id,"))

    def test_without_a_window(self):
        """The desktop has the last word on it, and the preferences say which."""
        portal = self.desktop()
        portal.set("allowed", False)
        window = self.start()
        window.key("ctrl+comma")
        window.find("dialog", "Preferences")
        window.focus_other("Preferences")
        row = re.compile("(.* )?Keep watching in the background")
        window.key("alt+k")
        window.find("label", re.compile("The desktop does not let it: .*"))
        window.wait(lambda: not window.find("check box", row).has("checked"), "the switch back")
        window.picture("portals-refused")
        portal.set("allowed", True)
        window.key("alt+k")
        window.wait(lambda: window.find("check box", row).has("checked"), "the switch")
        window.wait(lambda: len(portal.calls("RequestBackground")) == 2, "the second question")
        window.key("Escape")
        window.wait_gone("dialog", "Preferences")
        window.focus()
        window.key("ctrl+w")
        self.wait_shown(portal, KEEPS)
        [_window, options] = portal.calls("RequestBackground")[2]
        self.assertEqual((options["reason"], options["autostart"]),
                         ("To tell of alerts while its window is closed", False))
        self.assertEqual(portal.calls("SetStatus"), [[{"message": "Watching “Main”"}]])
        self.site.add_failed_jobs(30)
        portal.activate(ID, self.wait_shown(portal, FAILED))
        window.find("label", "30 jobs")
        window.wait(lambda: not portal.find(KEEPS), "the note taken back")
        self.check_silence(portal)
        portal.set("allowed", False)
        window.focus()
        window.key("ctrl+w")
        self.assertEqual(window.process.wait(harness.SECONDS), 0)
        # The desktop may be told of that after the end.
        wait_until(lambda: not portal.find(KEEPS), 10, "the note taken back")
        self.assertIsNotNone(portal.find("Worker Dashboard has ended"))

    def check_silence(self, portal):
        """A desktop that does not answer has not said no, and nobody waits for it."""
        portal.pause()
        self.window.focus()
        self.window.key("ctrl+w")
        self.window.wait(lambda: not self.window.tree().all("frame"), "end of the window")
        portal.open(ID, self.link(self.wallets[1]))
        self.window.wait(lambda: self.window.title() == "Wallet", "the window again")
        portal.go_on()
        self.window.wait(lambda: len(portal.calls("RequestBackground")) == 4, "the question")
        self.window.wait(lambda: not portal.find(KEEPS), "the note taken back")

    def test_nobody_shows_notifications(self):
        """Then nobody would see that it goes on: it ends with its window."""
        self.desktop(without=["Notification", "Background", "Inhibit"])
        window = self.start(keep_watching=True)
        self.trigger()
        self.site.add_failed_jobs(30)
        window.find("label", re.compile("[1-9]"), within=("list item", "Alerts"))
        window.focus()
        window.key("ctrl+w")
        self.assertEqual(window.process.wait(harness.SECONDS), 0)


del ConnectionCase

if __name__ == "__main__":
    harness.main()
