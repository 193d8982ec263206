/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-core-dump.h"

#include <sys/resource.h>

/**
 * wd_core_dump_forbid:
 *
 * A dump of the program's memory would hold the passwords of both stores, and may be sent to
 * others: there is none, unless `WORKER_DASHBOARD_CORE_DUMPS` is set, by who looks for a fault.
 * First thing in main().
 */
void
wd_core_dump_forbid (void)
{
  struct rlimit limit;

  if (g_getenv ("WORKER_DASHBOARD_CORE_DUMPS") != NULL || getrlimit (RLIMIT_CORE, &limit) != 0)
    return;
  /* Programs that this one starts may have theirs. */
  limit.rlim_cur = 0;
  setrlimit (RLIMIT_CORE, &limit);
}
