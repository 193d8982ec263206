/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-check.h"

#include "wire/wd-wire-value.h"

/**
 * wd_wire_checks_members:
 * @writer: a writer inside an object
 * @checks: (element-type WdCheck): what doctor found
 */
void
wd_wire_checks_members (WdJsonWriter *writer, const GPtrArray *checks)
{
  wd_json_writer_name (writer, "checks");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < checks->len; i++)
    {
      const WdCheck *check = checks->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "name", check->name);
      wd_json_writer_string_member (writer, "status", wd_check_status_word (check->status));
      wd_json_writer_string_member (writer, "message", check->message);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

static gboolean
is_applied (const GPtrArray *steps, const char *name)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];

      if (g_str_equal (step->name, name))
        return step->applied;
    }
  return FALSE;
}

static void
write_optional (WdJsonWriter *writer, const GPtrArray *steps)
{
  wd_json_writer_name (writer, "optional");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];

      if (!wd_migration_step_is_offered (step))
        continue;
      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "name", step->name);
      wd_json_writer_string_member (writer, "purpose", step->note);
      wd_wire_count_member (writer, "rows", step->rows);
      wd_wire_count_member (writer, "bytes", step->bytes);
      wd_wire_count_member (writer, "seconds", step->seconds);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_migrations_members:
 * @writer: a writer inside an object
 * @before: (element-type WdMigrationStep): as it stood at the start
 * @after: (element-type WdMigrationStep): as it stands now
 *
 * Writes the names of those applied meanwhile, and of those still to apply; the optional ones with
 * what they cost.
 */
void
wd_wire_migrations_members (WdJsonWriter *writer, const GPtrArray *before, const GPtrArray *after)
{
  wd_json_writer_name (writer, "applied");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < after->len; i++)
    {
      const WdMigrationStep *step = after->pdata[i];

      if (step->applied && !is_applied (before, step->name))
        wd_json_writer_string (writer, step->name);
    }
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "pending");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < after->len; i++)
    {
      const WdMigrationStep *step = after->pdata[i];

      if (wd_migration_step_is_pending (step))
        wd_json_writer_string (writer, step->name);
    }
  wd_json_writer_end_array (writer);
  write_optional (writer, after);
}
