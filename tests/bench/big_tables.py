# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Years of jobs, made inside the database: a Stack whose tables are as long as one likes."""

import os

from fixtures import migrations
from fixtures.stack import Stack

# Before the other files, which make indexes and counts of what is there.
TABLES = ("0001_", "0002_")

# One job every three seconds, newest first in time; the newest 2,000 are under way. Statuses, types
# and triggers are independent of each other but for what hardly ever or never occurs together.
JOBS = """
INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, triggered_by, data,
                      error_message, started_at, completed_at, retry_count, created_at, updated_at)
SELECT job.id, job.id::text,
  (ARRAY['gas-topup', 'consolidation', 'sync', 'sync', 'sync', 'sync', 'sync', 'sync',
         'deposit-detection', 'deposit-detection'])[1 + (job.i * 7919 %% 10)::int],
  state.status,
  'T' || substr(md5((job.i %% 100000)::text) || md5((job.i %% 100000 + 1)::text), 1, 33),
  (ARRAY['system', 'system', 'system', 'schedule', 'schedule', 'schedule', 'schedule', 'deposit',
         'deposit', 'manual'])[1 + (job.i * 104729 / 13 %% 10)::int],
  '{"amount": "1.5", "network": "tron"}',
  CASE WHEN state.status = 'failed' THEN 'out of energy: need ' || job.i %% 5000 END,
  job.made + job.wait,
  CASE WHEN state.status IN ('completed', 'failed', 'cancelled')
       THEN job.made + job.wait + job.run END,
  0, job.made, job.made
FROM (SELECT i, gen_random_uuid() AS id,
             interval '1 second' * exp((i * 7919 %% 1000 + i * 104723 %% 997) / 300.0 - 4) AS wait,
             interval '1 second' * exp((i * 104729 %% 1000 + i * 7907 %% 991) / 700.0 - 1) AS run,
             now() - i * interval '3 seconds' - i %% 1000 * interval '1 millisecond' AS made
      FROM generate_series(1::bigint, %s) AS i) AS job,
  LATERAL (SELECT CASE
    WHEN job.i <= 2000 THEN (ARRAY['pending', 'active', 'retrying', 'completed'])[1 + job.i %% 4]
    WHEN job.i * 31 %% 100 < 87 THEN 'completed'
    WHEN job.i * 31 %% 100 < 98 THEN 'failed'
    ELSE 'cancelled' END AS status) AS state
"""

# A tenth as many, among them those of the jobs; a few wait for something.
WALLETS = """
INSERT INTO user_wallets (address, balance, network, needs_gas, needs_consolidation, last_sync,
                          created_at, updated_at)
SELECT 'T' || substr(md5(i::text) || md5((i + 1)::text), 1, 33), i %% 9973 * 1.000001,
  (ARRAY['tron', 'ethereum', 'bsc'])[1 + (i %% 3)::int], i %% 997 = 0, i %% 499 = 0,
  now() - i %% 3600 * interval '1 second', now() - i * interval '30 seconds', now()
FROM generate_series(0::bigint, %s - 1) AS i
"""


class BigTables(Stack):
    """A migrated Stack with JOBS jobs and a tenth as many wallets, vacuumed, and memory enough for
    its indexes."""

    def __init__(self, jobs):
        super().__init__()
        try:
            self.postgres.set(shared_buffers="'1GB'", maintenance_work_mem="'256MB'",
                              max_wal_size="'8GB'",
                              shared_preload_libraries="'pg_stat_statements'",
                              **{"pg_stat_statements.track_planning": "on"})
            self.postgres.restart()
            connection = self.postgres.connect()
            for path in migrations.migration_paths():
                if os.path.basename(path).startswith(TABLES):
                    migrations.apply_migration(connection, path)
            with connection.cursor() as cursor:
                cursor.execute(JOBS, (jobs,))
                cursor.execute(WALLETS, (jobs // 10,))
                self.migrate()
                cursor.execute("VACUUM ANALYZE")
            connection.close()
            connection = self.postgres.connect(user="postgres")
            with connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION pg_stat_statements")
            connection.close()
        except BaseException:
            self.close()
            raise
