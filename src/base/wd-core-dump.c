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
 *
 * Where the system pipes dumps to a program of its own, Linux overlooks every limit but that of one
 * byte, which is too small for a file of it as well. `PR_SET_DUMPABLE` is no way: it closes the
 * process' folder in `/proc`, where the desktop's portals look for who asks them.
 */
void
wd_core_dump_forbid (void)
{
  struct rlimit limit;

  if (g_getenv ("WORKER_DASHBOARD_CORE_DUMPS") != NULL || getrlimit (RLIMIT_CORE, &limit) != 0)
    return;
  /* Programs that this one starts may have theirs. */
  limit.rlim_cur = MIN (1, limit.rlim_max);
  setrlimit (RLIMIT_CORE, &limit);
}
