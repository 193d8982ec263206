# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests share in which the service makes jobs for flags."""

from fixtures.processes import wait_until
from fixtures.service import Service
from money_case import MoneyCase

JOBS = {"needs_gas": "gas-topup", "needs_consolidation": "consolidation"}
OFTEN = {"WD_FAULT_SPAN": "flags:sweep:0.2"}


class FlagsCase(MoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The site's way of delivering is noted: from now on a dispatch's first commit is its own.
        cls.site.wdctl("dispatch", "sync", "--wallet", cls.site.add_wallets(1)[0])

    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.flag_served, worker_dashboard.audit")
        self.site.sql("DELETE FROM worker_dashboard.wallet_flag WHERE address <> ''")

    def serve(self, *options, name=None, **environment):
        service = Service(self.site, "--dispatch-flags", *options, name=name or f"flags-{id(self)}",
                          traced=True, **environment)
        self.addCleanup(service.kill)
        return service

    def raise_flag(self, flag, *wallets):
        self.site.sql(f"UPDATE user_wallets SET {flag} = true WHERE address = ANY (%s)",
                      list(wallets))

    def flagged(self, count, *flags):
        wallets = self.site.add_wallets(count)
        for flag in flags or ("needs_gas",):
            self.raise_flag(flag, *wallets)
        return wallets

    def jobs(self, *wallets):
        """Type and status of the jobs of some wallets, oldest first."""
        return self.site.sql("SELECT job_type, status FROM job_logs WHERE wallet_address = "
                             "ANY (%s) ORDER BY created_at", list(wallets))

    def wait_for_jobs(self, *wallets, count=1, status=None):
        def found():
            jobs = self.jobs(*wallets)
            return len(jobs) >= count and all(status in (None, job[1]) for job in jobs)

        wait_until(found, 40, f"{count} jobs {status or ''}")

    def said(self, service, text):
        return [line["message"] for line in service.log() if text in line.get("message", "")]

    def wait_said(self, service, text, count=1):
        wait_until(lambda: len(self.said(service, text)) >= count, 40, text)

    @staticmethod
    def wait_rounds(service):
        """What is not there by then does not come."""
        service.wait_passed("flags:looked")
