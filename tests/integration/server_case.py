# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the service share: a site, three tokens, and a service in front of it."""

from fixtures.service import Service, make_token
from money_case import MoneyCase


class ServerCase(MoneyCase):
    """One service for a class; tests that need another one start it."""

    service_options = ("--rate-limit", "0")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = make_token(cls.site, "viewer", "viewer")
        cls.operator = make_token(cls.site, "operator", "operator")
        cls.admin = make_token(cls.site, "admin", "admin")
        cls.service = Service(cls.site, *cls.service_options)
        cls.addClassCleanup(cls.service.close)

    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.request_key")

    def start_service(self, *options, **arguments):
        service = Service(self.site, *options, name=f"service-{id(self)}-{len(options)}",
                          **arguments)
        self.addCleanup(service.kill)
        return service

    def get(self, path, status=200, token=None, **headers):
        reply = self.service.get(path, token or self.viewer, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.document

    def post(self, path, body, status=200, token=None, **headers):
        reply = self.service.post(path, body, token or self.operator, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.document

    def dispatch(self, wallet, status=200, job_type="gas-topup", **headers):
        return self.post(f"/api/dispatch/{job_type}", {"wallet_address": wallet}, status, **headers)

    def rows(self):
        return self.site.sql("SELECT id::text, status FROM job_logs ORDER BY created_at")
