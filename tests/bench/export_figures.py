# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it takes to export every job, beside psql's COPY of the same columns."""

import datetime
import os
import subprocess
import time

from fixtures.postgres import binary
from fixtures.processes import FixtureError, dies_with_parent
from fixtures.stack import Stack, wdctl_path

MIB = 1024

_FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
_STEP = datetime.timedelta(seconds=1.234567)

_ROWS = """
INSERT INTO job_logs (job_id, job_type, status, wallet_address, user_id, triggered_by, data,
                      error_message, started_at, completed_at, created_at, updated_at,
                      retry_count, max_retries)
SELECT gen_random_uuid()::text,
       (ARRAY['gas-topup', 'consolidation', 'sync', 'deposit-detection'])[1 + i %% 4],
       CASE WHEN i %% 20 = 0 THEN 'failed' ELSE 'completed' END,
       'T' || substr(md5(i::text) || md5((i + 1)::text), 1, 33),
       gen_random_uuid(), 'schedule',
       jsonb_build_object('walletAddress', 'T' || md5(i::text), 'amount', i || '.000001',
                          'network', 'tron', 'attempt', i %% 3),
       CASE WHEN i %% 20 = 0 THEN 'OUT_OF_ENERGY: account has no energy, "' || i || '"' END,
       made + interval '1 second', made + interval '3 seconds', made, made + interval '3 seconds',
       i %% 3, 3
FROM (SELECT i, timestamptz %s + i * interval %s AS made
      FROM generate_series(1, %s) AS i) AS rows;
"""

# The order and the columns are those of wdctl.
_COPY = ("COPY (SELECT id, job_id, job_type, status, wallet_address, user_id, triggered_by, data, "
         "error_message, started_at, completed_at, retry_count, max_retries, created_at, "
         "updated_at FROM public.job_logs {where} ORDER BY created_at DESC, id DESC) "
         "TO STDOUT WITH (FORMAT csv, HEADER)")


def _pss_kib(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (FileNotFoundError, ProcessLookupError, StopIteration):
        return 0


def _run(argv, environment, path, watch=False):
    """Runs ARGV into PATH. Returns seconds and, if WATCH, the most memory seen, in KiB."""
    most = 0
    began = time.monotonic()
    with open(path, "wb") as out, subprocess.Popen(
            argv, env={**os.environ, **environment}, stdout=out,
            preexec_fn=dies_with_parent()) as process:
        while watch and process.poll() is None:
            most = max(most, _pss_kib(process.pid))
            time.sleep(0.02)
        status = process.wait()
    seconds = time.monotonic() - began
    if status != 0:
        raise FixtureError(f"{argv[0]} ended with {status}")
    return seconds, most


def _fill(stack, rows):
    connection = stack.postgres.connect()
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, (_FIRST, _STEP, rows))
        cursor.execute("VACUUM ANALYZE job_logs")
    connection.close()


def measure(table, quick):
    """Fills TABLE with the speed and the memory of an export of all jobs."""
    rows = 100_000 if quick else 1_000_000
    runs = 1 if quick else 3
    with Stack(migrate=True) as stack:
        _fill(stack, rows)
        out = stack.household.path("export")
        tenth = (_FIRST + rows // 10 * _STEP).isoformat()
        psql = [binary("psql"), "-X", "-q", "-c", _COPY.format(where=""), stack.postgres.url()]
        wdctl = [wdctl_path(), "jobs", "list", "--format", "csv"]
        copies, exports, memory = [], [], []
        _run(psql, {}, out)
        for _ in range(runs):
            copies.append(_run(psql, {}, out)[0])
            exports.append(_run(wdctl, stack.environment(), out)[0])
        if sum(1 for _ in open(out, "rb")) != rows + 1:
            raise FixtureError("the export lacks rows")
        for arguments in ([f"--to={tenth}"], []):
            memory.append(_run(wdctl + arguments, stack.environment(), out, watch=True)[1] / MIB)
    ratios = [mine / theirs for mine, theirs in zip(exports, copies)]
    table.add("export-copy", min(copies), f"psql's COPY of {rows} jobs", copies)
    table.add("export", min(exports), f"export of {rows} jobs as CSV", exports)
    table.add("export-ratio", min(exports) / min(copies), "export to COPY", ratios)
    table.add("export-memory", memory[1], f"most memory, {rows} jobs")
    table.add("export-memory-growth", memory[1] - memory[0], "more than for a tenth of them")
