# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages and dialogs of queues, errors, alerts and work on many, for the looks that a window can
have; those with what they show when there is something to show."""

import re

from connection_case import NO_SERVERS
from fixtures.workers import Queues
from table import Table

QUEUE = "gas-topup"


class FurtherPlaces:
    """For a LooksCase with a `site`, and with shot() and find()."""

    def go_to(self, key, title):
        self.window.key(key)
        self.wait_title(title)

    def wait_title(self, title):
        self.window.wait(lambda: self.window.title() == title, f"page {title}")

    def press_first(self, name):
        table = Table(self.window, name)
        self.window.wait(lambda: table.rows(1), f"a row of {name}")
        table.press(0)

    def fill_queue(self, _look):
        with Queues(self.site) as queues:
            queues.call(QUEUE, "upsertJobScheduler", "nightly", {"pattern": "0 2 * * *"},
                        {"name": "topup"})
            queues.call(QUEUE, "add", "alone", {"amount": "0.5"}, {"jobId": "alone-1"})

    def order(self, item):
        self.go_to("ctrl+4", "Queues")
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", item)

    def width(self, title):
        return self.window.find("dialog", title).extents()[2]

    def schedulers(self, look):
        self.order("Schedulers…")
        self.window.find(None, re.compile("1 scheduler .*"))
        self.press_first("Schedulers")
        self.window.fit_other(self.window.focus_other("Schedulers"))
        self.window.wait(lambda: self.width("Schedulers") <= 720, "the dialog as wide as that")
        self.shot(look, "Schedulers", "schedulers")

    def limits(self, look):
        self.order("Limits…")
        self.window.find("check box", re.compile(".*Limit jobs at once"))
        self.shot(look, "Queue Limits", "limits")

    def drain(self, look):
        self.order("Drain…")
        self.window.find("label", "alone-1", within=("dialog", "Drain Queue"))
        self.shot(look, "Drain Queue", "drain")

    def queue(self, look):
        self.order("Jobs")
        self.wait_title("Queue")
        self.press_first("Jobs in the queue")
        self.take(f"{look}-queue")
        self.window.key("Return")
        self.window.find(None, re.compile("No row in job_logs is about this job.*", re.DOTALL))
        self.take(f"{look}-queue-job")

    def drift(self, look):
        self.go_to("ctrl+4", "Queues")
        self.window.click("push button", re.compile("Compare with the .*"))
        self.wait_title("Drift")
        self.press_first("Jobs of which row and queue disagree")
        self.window.find("status bar", re.compile(".*[.]"))
        self.take(f"{look}-drift")

    def errors(self, look):
        self.go_to("ctrl+1", "Overview")
        self.window.click("push button", "By Error")
        self.window.find("label", re.compile(r"\d+ kinds? of errors? in .*"))
        self.take(f"{look}-errors")

    def alerts(self, look):
        self.find("Alerts")
        self.wait_title("Alerts")
        self.take(f"{look}-alerts")
        self.window.click("push button", "Rules…")
        self.window.find("check box", "Wallets in trouble")
        self.shot(look, "Alert Rules", "rules")
        self.window.click("push button", "Limits…")
        self.window.find("spin button", re.compile("A wallet .* was not synced for this long.*"))
        self.shot(look, "Limits", "health-limits")

    def begin(self):
        return self.window.find("push button", re.compile(r".*Retry \d+ Jobs?"),
                                within=("dialog", "Retry Jobs"))

    def preview(self):
        self.window.click("push button", re.compile(".*Retry All Matching…"))
        self.window.wait(lambda: self.begin().has("sensitive"), "what is to be retried")

    def bulk(self, look):
        """Last: it changes the jobs, for which the migration must be there that others miss."""
        assert self.site.wdctl("migrate").status == 0
        self.go_to("ctrl+3", "Jobs")
        self.preview()
        self.shot(look, "Retry Jobs", "bulk")
        self.preview()
        self.begin().click()
        self.window.find(None, re.compile("Finished · .*"))
        self.window.click("push button", "Report on the bulk run")
        self.window.find(None, re.compile("Begun by .*"), within=("dialog", "Report"))
        self.shot(look, "Report", "report")

    def further(self):
        return (self.fill_queue, self.schedulers, self.limits, self.drain, self.queue, self.drift,
                self.errors, self.alerts, self.bulk)

    def test_welcome(self):
        with self.open("wordy-narrow", self.site, page=None, **NO_SERVERS):
            self.window.find("label", "What Is Needed")
            self.take("wordy-narrow-welcome")
