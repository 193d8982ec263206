# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Raw HTTP, as a client of the web dashboard speaks it: no program of ours in between. The table of
the API, row by row, and the questions that wdctl is asked put as requests."""

import http.client
import json
import re
import urllib.parse
import uuid

from fixtures.service import Reply
from wdctl_case import WdctlCase

NOBODY = "8f14e45f-ceea-467f-a1b2-3c4d5e6f7a8b"
NOTHING = type(None)
NUMBER = (int, float)
AMOUNT = (int, float, str, NOTHING)


def is_time(value):
    return value is None or value == "infinity" or bool(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", value))


def is_uuid(value):
    return str(uuid.UUID(value)) == value


# Names and what their values are: types, or a question.
JOB = {"id": is_uuid, "job_id": str, "job_type": str, "status": str,
       "wallet_address": (str, NOTHING), "user_id": (str, NOTHING), "triggered_by": str,
       "data": object, "error_message": (str, NOTHING), "started_at": is_time,
       "completed_at": is_time, "retry_count": (int, NOTHING), "max_retries": (int, NOTHING),
       "created_at": is_time, "updated_at": is_time}
WALLET = {"id": is_uuid, "user_id": (str, NOTHING), "address": str, "balance": AMOUNT,
          "network": (str, NOTHING), "needs_consolidation": (bool, NOTHING),
          "needs_gas": (bool, NOTHING), "last_sync": is_time, "created_at": is_time,
          "updated_at": is_time}
DONE = {"success": lambda value: value is True, "job": JOB, "message": str}
FLAGS = {"success": lambda value: value is True, "wallet": WALLET, "message": str}
JOBS = {"jobs": [JOB], "total": int, "limit": int, "offset": int}
WALLETS = {"wallets": [WALLET], "total": int, "limit": int, "offset": int}
SUMMARY = {"total": int, "active_wallets": int, "needs_consolidation": int, "needs_gas": int,
           "total_usdt_balance": AMOUNT, "total_trx_balance": AMOUNT, "new_wallets_today": int,
           "last_updated": is_time}
WORKER = {"worker_name": str, "active_jobs": int, "completed_jobs": int, "failed_jobs": int,
          "queued_jobs": int, "completed_today": int, "last_active": is_time,
          "status": lambda value: value in ("active", "idle", "error", "stopped")}
STATS = {"workers": [WORKER], "pending_jobs": int, "active_jobs": int, "completed_jobs_today": int,
         "total_workers": int, "healthy_workers": int, "error_workers": int,
         "last_updated": is_time}

AS_OURS, ABSENT = object(), object()
ORDER = {"wallet_address": "W1"}
BAD_USER, BAD_TRIGGER = {**ORDER, "user_id": "me"}, {**ORDER, "triggered_by": "me"}
NOT_CREATED = (500, "Failed to create job record")

# What is asked; status and what is said in ours; and in the deployed server, where that deviates.
TABLE = (
    ("POST dispatch/gas-topup", {**ORDER, "user_id": NOBODY, "priority": 10}, (200, DONE), AS_OURS),
    ("POST dispatch/consolidation", {**ORDER, "triggered_by": "schedule"}, (200, DONE), AS_OURS),
    ("POST dispatch/sync", ORDER, (200, DONE), AS_OURS),
    ("POST dispatch/sync", {}, (400, "wallet_address is required"), AS_OURS),
    ("POST dispatch/sync", BAD_USER, (400, "user_id must be a UUID"), NOT_CREATED),
    ("POST dispatch/sync", BAD_TRIGGER,
     (400, "triggered_by must be system, manual, deposit or schedule"), NOT_CREATED),
    ("POST dispatch/sync", "{", (400, "The JSON cannot be read: it is not valid"), ABSENT),
    ("POST dispatch/sync", {**ORDER, "priority": 7},
     (400, "priority must be 1 (low), 5 (normal) or 10 (high)"), ABSENT),
    ("GET jobs/list", None, (200, JOBS), AS_OURS),
    ("GET jobs/list?status=failed&job_type=gas-topup&limit=1&offset=1", None, (200, JOBS), AS_OURS),
    ("GET jobs/list?from_date=2026-01-01T00:00:00+00:00", None, (200, JOBS),
     (500, "Failed to fetch jobs")),
    ("GET jobs/list?from_date=2026-01-01", None, (200, JOBS), AS_OURS),
    ("GET jobs/list?status=nope", None,
     (400, "status must be pending, active, processing, completed, failed, retrying or cancelled"),
     (200, JOBS)),
    ("GET jobs/list?limit=x", None, (400, "limit must be a whole number from 1 on"), ABSENT),
    ("GET jobs/{failed}", None, (200, JOB), AS_OURS),
    (f"GET jobs/{NOBODY}", None, (404, "Job not found"), AS_OURS),
    ("GET jobs/1", None, (404, "Job not found"), (500, "Failed to fetch job details")),
    ("POST jobs/retry", {"job_id": "{spent}"}, (400, "Maximum retries exceeded"), AS_OURS),
    ("POST jobs/retry", {"job_id": "{failed}"}, (200, DONE), AS_OURS),
    ("POST jobs/retry", {"job_id": "{failed}"}, (400, "Only failed jobs can be retried"), AS_OURS),
    ("POST jobs/retry", {"job_id": "{spent}", "reset_retry_count": "false"},
     (400, "reset_retry_count must be a boolean"), ABSENT),
    ("POST jobs/retry", {"job_id": "{spent}", "reset_retry_count": True}, (200, DONE), AS_OURS),
    ("POST jobs/retry", {}, (400, "job_id is required"), AS_OURS),
    ("POST jobs/retry", {"job_id": NOBODY}, (404, "Job not found"), AS_OURS),
    ("POST jobs/retry", {"job_id": "1"}, (400, "job_id must be the UUID of a job's row"),
     (404, "Job not found")),
    ("GET wallets/list", None, (200, WALLETS), AS_OURS),
    ("GET wallets/list?needs_gas=true", None, (200, WALLETS), AS_OURS),
    ("GET wallets/list?needs_gas=yes", None, (200, WALLETS), AS_OURS),
    ("GET wallets/list?summary=true", None, (200, SUMMARY), ABSENT),
    ("POST wallets/set-flags", {**ORDER, "flags": {"needs_gas": True}}, (200, FLAGS), AS_OURS),
    ("POST wallets/set-flags", {"flags": {}}, (400, "wallet_address is required"), ABSENT),
    ("POST wallets/set-flags", ORDER, (400, "flags object is required"), AS_OURS),
    ("POST wallets/set-flags", {**ORDER, "flags": {"x": True}}, (400, "Invalid flag: x"), AS_OURS),
    ("POST wallets/set-flags", {**ORDER, "flags": {"needs_gas": 1}},
     (400, "Flag needs_gas must be a boolean"), AS_OURS),
    ("POST wallets/set-flags", {"wallet_address": "nobody", "flags": {"needs_gas": True}},
     (404, "Wallet not found"), AS_OURS),
    ("GET workers/stats", None, (200, STATS), AS_OURS),
    ("GET nothing", None, (404, "There is nothing of that name here"), (404, "no such page")),
    ("GET jobs/retry", None, (405, "This is not asked with that method"), ABSENT),
    ("GET jobs/list/", None, (308, None), AS_OURS),
)

EXIT = {200: 0, 201: 0, 202: 0, 400: 4, 404: 3, 409: 4}
NAMES = {"--type": "job_type", "--status": "status", "--limit": "limit", "--cursor": "cursor",
         "--needs-gas": "needs_gas", "--wallet": "wallet_address", "--priority": "priority",
         "--set-needs-gas": "needs_gas", "--filter": "filter"}


def find_problem(value, shape, where="answer"):
    """Why VALUE is not of SHAPE; None where it is. More than SHAPE names may be there."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f"{where} is no object"
        found = [f"{where} has no {name}" if name not in value else
                 find_problem(value[name], part, f"{where}.{name}")
                 for name, part in shape.items()]
        return next(filter(None, found), None)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where} is no array"
        return next(filter(None, (find_problem(item, shape[0], where) for item in value)), None)
    if isinstance(shape, (type, tuple)):
        numbers = isinstance(value, bool) and shape is int
        return None if isinstance(value, shape) and not numbers else f"{where} is {value!r}"
    return None if shape(value) else f"{where} is {value!r}"


class RawHttp(WdctlCase):
    """Speaks to `url`, in the place of wdctl."""

    url = token = None

    def fetch(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = body if isinstance(body, str) else json.dumps(body)
        place = urllib.parse.urlsplit(self.url)
        link = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        try:
            link.request(method, f"/api/{path}", body, headers)
            answer = link.getresponse()
            return Reply(answer.status, answer.getheaders(), answer.read())
        finally:
            link.close()

    def check_row(self, request, body, expected):
        method, path = request.split(" ", 1)
        reply = self.fetch(method, path, body)
        status, said = expected
        self.assertEqual(reply.status, status, f"{request} {body}: {reply}")
        if isinstance(said, str):
            self.assertEqual(reply.document["error"], said)
        elif said is not None:
            self.assertIsNone(find_problem(reply.document, said), f"{request}: {reply}")
        return reply.document

    def ask(self, *arguments, status=0):
        """What wdctl would be asked, and as it would answer."""
        words = [word for argument in arguments for word in
                 (argument.split("=", 1) if argument.startswith("--") else [argument])]
        at = next((n for n, word in enumerate(words) if word.startswith("--")), len(words))
        plain = words[:at]
        options = {NAMES[name]: value for name, value in zip(words[at::2], words[at + 1::2])}
        if options.get("priority") == "high":
            options["priority"] = 10
        reply = self.fetch(*self.as_request(plain, options))
        self.assertEqual(EXIT[reply.status], status, reply)
        document = reply.document
        if plain[:2] == ["jobs", "retry"] and status:
            return {"refused": [document]}
        return {"jobs": [document["job"]], **document} if "job" in document else document

    @staticmethod
    def as_request(plain, options):
        match plain:
            case ["jobs" | "wallets" as what, "list"]:
                return "GET", f"{what}/list?{urllib.parse.urlencode(options)}"
            case ["jobs", "show", row]:
                return "GET", f"jobs/{row}"
            case ["jobs", "retry", row]:
                return "POST", "jobs/retry", {"job_id": row}
            case ["wallets", "set-flags", wallet]:
                flags = {name: value == "true" for name, value in options.items()}
                return "POST", "wallets/set-flags", {"wallet_address": wallet, "flags": flags}
            case ["dispatch", kind]:
                return "POST", f"dispatch/{kind}", options
            case ["jobs", "errors"]:
                return "GET", "jobs/errors"
            case ["bulk", "list"]:
                return "GET", "bulk"
            case ["bulk", "show", run]:
                return "GET", f"bulk/{run}"
            case ["bulk", "run" | "discard" as word, run]:
                return "POST", f"bulk/{run}/{word}", {}
            case ["bulk", "dispatch", kind]:
                order = {"operation": "dispatch", "job_type": kind,
                         "priority": options.pop("priority")}
                return "POST", "bulk", {**order, "wallets": options}
            case ["bulk", "retry", *rows]:
                chosen = {"job_ids": rows} if rows else {"jobs": options}
                return "POST", "bulk", {"operation": "retry", **chosen}
            case ["bulk", "set-flags"]:
                return "POST", "bulk", {"operation": "set-flags", "flags": {
                    "needs_gas": options["needs_gas"] == "true"},
                    "wallet_addresses": [options["wallet_address"]]}
        return "GET", "workers/stats"
