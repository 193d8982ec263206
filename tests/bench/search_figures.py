# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Searches of long lists, with the index and without, beside ILIKE in the same run."""

import json
import os
import subprocess
import time

COLUMNS = ("id::text", "job_id", "wallet_address", "error_message")
NAIVE = ("SELECT * FROM job_logs WHERE "
         + " OR ".join(f"{column} ILIKE %(pattern)s" for column in COLUMNS)
         + " ORDER BY created_at DESC, id DESC LIMIT 40")

COMMON = ("energy", "out of energy: need", "3a7", "4-", "T")
UNKNOWN = ("no such thing", "zzzzzz")


def wdctl(stack, *arguments):
    program = os.path.join(os.environ["WD_BUILD_DIR"], "src", "cli", "wdctl")
    result = subprocess.run([program, "--json", *arguments], check=True, text=True,
                            env={**os.environ, **stack.environment()}, stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def rare_terms(cursor):
    """Parts of an id, of a wallet and of an error that few rows have, from all over the list."""
    cursor.execute("SELECT min(created_at), max(created_at) FROM job_logs")
    first, last = cursor.fetchone()
    terms = []
    for part in ("left(id::text, 8)", "substr(wallet_address, 10, 14)",
                 "substr(error_message, 16)"):
        for share in (0.1, 0.5, 0.9):
            cursor.execute(f"SELECT {part} FROM job_logs WHERE created_at < %s AND "
                           f"length({part}) >= 8 ORDER BY created_at DESC LIMIT 1",
                           (last - (last - first) * share,))
            terms.append(cursor.fetchone()[0])
    return terms


def naive(cursor, term):
    began = time.monotonic()
    cursor.execute(NAIVE, {"pattern": f"%{term}%"})
    cursor.fetchall()
    return (time.monotonic() - began) * 1000


def measure_search(table, stack, cursor, make_list):
    """MAKE_LIST starts a list without a window."""
    rare = rare_terms(cursor)
    with make_list(stack.environment()) as rows:
        rows.query(None, None, None)
        table.add("search-scan-common", max(rows.search(term) for term in COMMON),
                  "search without the index, common terms: first rows, worst")
        table.add("search-scan-none", rows.search(UNKNOWN[0]),
                  "  of what is not there: all rows looked at, in pieces")
    naives = [naive(cursor, term) for term in (rare[0], rare[4], UNKNOWN[0])]
    table.add("search-naive-common", max(naive(cursor, term) for term in COMMON),
              "  ILIKE, common terms, worst")
    table.add("search-naive-rare", max(naives), "  ILIKE, rare terms, worst")
    step = wdctl(stack, "migrate", "--dry-run")["optional"][0]
    began = time.monotonic()
    wdctl(stack, "migrate", "--with", step["name"])
    table.add("search-index", time.monotonic() - began,
              f"making the index, which was said to take {step['seconds']} s")
    cursor.execute("SELECT pg_relation_size('wd_job_logs_search')")
    table.add("search-index-size", cursor.fetchone()[0] / 2**20,
              f"  its size, which was said to be {step['bytes'] / 2**20:.0f} MiB")
    with make_list(stack.environment()) as rows:
        rows.query(None, None, None)
        table.add("search-common", max(rows.search(term) for term in COMMON),
                  f"search with the index, {len(COMMON)} common terms: first rows, worst")
        terms = [*rare, *UNKNOWN]
        table.add("search-rare", max(rows.search(term) for term in terms),
                  f"  {len(terms)} rare terms: first rows, worst")
