/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-read-errors.h"

#include "base/wd-json-text.h"
#include "wire/wd-wire-field.h"
#include "wire/wd-wire-read.h"

#define GROUPS_MAX 1000
#define TYPES_MAX  100

static const WdWireField group_fields[] = {
  { "error_group", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdErrorGroup, name) },
  { "error_message", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdErrorGroup, sample) },
  { "id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdErrorGroup, job_id) },
  { "first_failed_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdErrorGroup, first_failed_at) },
  { "last_failed_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdErrorGroup, last_failed_at) },
  { NULL },
};

static const struct {
  const char *name;
  gsize offset;
} group_counts[] = {
  { "failed_jobs", G_STRUCT_OFFSET (WdErrorGroup, n_jobs) },
  { "failed_last_day", G_STRUCT_OFFSET (WdErrorGroup, n_last_day) },
  { "failed_day_before", G_STRUCT_OFFSET (WdErrorGroup, n_day_before) },
  { "wallets", G_STRUCT_OFFSET (WdErrorGroup, n_wallets) },
};

/* Returns: (transfer full) (nullable): the words of an array */
static char **
read_types (const char *object, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  WdJsonMembers members;
  WdJsonMember member;
  guint n = 0;

  if (!wd_wire_read_member (object, "job_types", &member) || *member.value != '[')
    {
      wd_wire_read_refuse ("job_types", error);
      return NULL;
    }
  wd_json_members_begin (&members, member.value);
  while (wd_json_members_next (&members, &member))
    {
      g_autofree char *word = NULL;

      if (++n > TYPES_MAX || *member.value != '"')
        {
          wd_wire_read_refuse ("job_types", error);
          return NULL;
        }
      word = wd_json_text_decode (member.value, member.length);
      g_strv_builder_add (words, word);
    }
  return g_strv_builder_end (words);
}

static gboolean
read_group (const char *object, WdErrorGroup *group, GError **error)
{
  if (!wd_wire_read_fields (group_fields, NULL, object, group, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (group_counts); i++)
    if (!wd_wire_read_count (object, group_counts[i].name, 0,
                             &G_STRUCT_MEMBER (gint64, group, group_counts[i].offset), error))
      return FALSE;
  group->job_types = read_types (object, error);
  return group->job_types != NULL
         && (group->name != NULL || wd_wire_read_refuse ("error_group", error));
}

/**
 * wd_wire_read_error_report:
 * @text: the answer to `GET /api/jobs/errors`, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): failed jobs by what went wrong
 */
WdErrorReport *
wd_wire_read_error_report (const char *text, gsize length, GError **error)
{
  g_autoptr (WdErrorReport) report = wd_error_report_create ();
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMembers members;
  WdJsonMember member;

  if (object == NULL || !wd_wire_read_array (object, "groups", GROUPS_MAX, &members, error)
      || !wd_wire_read_count (object, "total", 0, &report->n_groups, error)
      || !wd_wire_read_count (object, "failed_jobs", 0, &report->n_jobs, error)
      || !wd_wire_read_boolean (object, "is_complete", &report->is_complete, error))
    return NULL;
  while (wd_json_members_next (&members, &member))
    {
      WdErrorGroup *group = wd_error_group_new ();

      g_ptr_array_add (report->groups, group);
      if (!read_group (member.value, group, error))
        return NULL;
    }
  return g_steal_pointer (&report);
}
