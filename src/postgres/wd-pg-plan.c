/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-plan.h"

#include <string.h>

/**
 * wd_pg_plan_rows:
 * @result: of wd_pg_list_query_explain()
 *
 * Returns: how many rows the planner expects
 */
gint64
wd_pg_plan_rows (WdPgResult *result)
{
  static const char field[] = "\"Plan Rows\": ";
  const char *plan;

  g_return_val_if_fail (result != NULL, 0);

  /* The outermost node comes first, and nothing before its rows is a name of ours. */
  plan = strstr (wd_pg_result_text (result, 0, 0), field);
  return plan != NULL ? g_ascii_strtoll (plan + strlen (field), NULL, 10) : 0;
}
