# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of a remote dashboard share: wdctl, and whom it asks."""

import unittest

from fixtures.site import Site
from fixtures.web_dashboard import WebDashboard
from wdctl_case import WdctlCase


def set_up_module():
    """One site and one server for all classes."""
    RestCase.site = Site(tls=True)
    unittest.addModuleCleanup(RestCase.site.close)
    RestCase.web = WebDashboard(RestCase.site.postgres.connect)
    unittest.addModuleCleanup(RestCase.web.close)


class RestCase(WdctlCase):
    @classmethod
    def setUpClass(cls):
        pass

    def setUp(self):
        super().setUp()
        self.web.reset()

    def ask(self, *arguments, status=0, **changes):
        return super().ask(*arguments, status=status, **{
            "WORKER_DASHBOARD_API_URL": self.web.url, "DATABASE_URL": "", "REDIS_URL": "",
            **changes})

    def count(self, **columns):
        tests = " AND ".join(f"{name} = %s" for name in columns)
        return self.site.sql(f"SELECT count(*) FROM job_logs WHERE {tests}",
                             *columns.values())[0][0]

    def posts(self):
        return [request for request in self.web.requests if request["method"] == "POST"]
