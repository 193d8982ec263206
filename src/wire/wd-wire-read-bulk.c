/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk runs as a service tells of them. What its reasons are for people it says in English; those
 * that stand in our catalogue are read in the language of whoever looks. */

#include "wire/wd-wire-read-bulk.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-result.h"
#include "wire/wd-wire-field.h"
#include "wire/wd-wire-read.h"

/* As many as a service tells of. */
#define RUNS_MAX     1000
#define PARTS_MAX    10000

static const WdWireField run_fields[] = {
  { "id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkRun, id) },
  { "created_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdBulkRun, created_at) },
  { "created_by", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkRun, created_by) },
  { "started_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdBulkRun, started_at) },
  { "heartbeat", WD_WIRE_TIME, G_STRUCT_OFFSET (WdBulkRun, heartbeat) },
  { "last_error", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkRun, last_error) },
  { NULL },
};

static const WdWireField request_fields[] = {
  { "job_type", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkRequest, job_type) },
  { "user_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkRequest, user_id) },
  { "needs_gas", WD_WIRE_FLAG, G_STRUCT_OFFSET (WdBulkRequest, needs_gas) },
  { "needs_consolidation", WD_WIRE_FLAG, G_STRUCT_OFFSET (WdBulkRequest, needs_consolidation) },
  { NULL },
};

static const WdWireField count_fields[] = {
  { "job_type", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkCount, job_type) },
  { "network", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdBulkCount, network) },
  { NULL },
};

/* @missing is what stands for a number that is not there, -1 that it has to be. */
static gboolean
read_number (const char *object, const char *name, gint64 missing, gint64 *number, GError **error)
{
  return wd_wire_read_count (object, name, missing, number, error)
         && (*number >= 0 || wd_wire_read_refuse (name, error));
}

/* Returns: (transfer full): why, in the language of whoever looks where that is known */
static char *
read_reason (const char *object, const char *name)
{
  g_autofree char *reason = wd_wire_read_text_member (object, name);

  /* The empty text stands for a description of the catalogue. */
  if (reason == NULL || *reason == '\0')
    return g_strdup ("");
  return g_strdup (g_dgettext (GETTEXT_PACKAGE, reason));
}

static int
read_code (const char *object, int missing)
{
  g_autofree char *word = wd_wire_read_text_member (object, "code");

  for (int code = 0; word != NULL && code <= WD_ERROR_NOT_SUPPORTED; code++)
    if (g_str_equal (wd_error_code_name (code), word))
      return code;
  return missing;
}

static gboolean
read_request (const char *object, WdBulkRun *run, GError **error)
{
  g_autofree char *word = wd_wire_read_text_member (object, "operation");
  WdBulkOperation operation;
  gint64 priority;

  if (!wd_bulk_operation_from_word (word, &operation))
    return wd_wire_read_refuse ("operation", error);
  run->request = wd_bulk_request_new (operation);
  /* Each operation has some of them. */
  wd_wire_read_boolean (object, "reset", &run->request->reset, NULL);
  wd_wire_read_boolean (object, "force", &run->request->force, NULL);
  if (!wd_wire_read_fields (request_fields, NULL, object, run->request, error)
      || !wd_wire_read_count (object, "priority", WD_PRIORITY_NORMAL, &priority, error))
    return FALSE;
  run->request->priority = (WdPriority) priority;
  return operation != WD_BULK_DISPATCH || run->request->job_type != NULL
         || wd_wire_read_refuse ("job_type", error);
}

static gboolean
has (const char *object, const char *name)
{
  WdJsonMember member;

  return wd_wire_read_member (object, name, &member);
}

static gboolean
read_counts (const char *object, WdBulkRun *run, GError **error)
{
  WdJsonMembers members;
  WdJsonMember member;

  if (!has (object, "counts"))
    return TRUE;
  if (!wd_wire_read_array (object, "counts", PARTS_MAX, &members, error))
    return FALSE;
  run->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_count_free);
  while (wd_json_members_next (&members, &member))
    {
      WdBulkCount *count = wd_bulk_count_new (NULL, NULL, 0);

      g_ptr_array_add (run->counts, count);
      if (!wd_wire_read_fields (count_fields, NULL, member.value, count, error)
          || !read_number (member.value, "n", -1, &count->n, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_forecast (const char *object, WdBulkRun *run, GError **error)
{
  WdJsonMembers members;
  WdJsonMember member;

  if (!has (object, "forecast"))
    return TRUE;
  if (!wd_wire_read_array (object, "forecast", PARTS_MAX, &members, error))
    return FALSE;
  run->forecast = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_forecast_free);
  while (wd_json_members_next (&members, &member))
    {
      g_autofree char *reason = read_reason (member.value, "reason");
      gint64 n;

      if (!read_number (member.value, "n", -1, &n, error))
        return FALSE;
      g_ptr_array_add (run->forecast,
                       wd_bulk_forecast_new (read_code (member.value, WD_ERROR_REFUSED), reason,
                                             n));
    }
  return TRUE;
}

static gboolean
read_refusals (const char *object, WdBulkRun *run, GError **error)
{
  const char *name = wd_bulk_operation_is_for_wallets (run->request->operation) ? "wallet_address"
                                                                                : "id";
  WdJsonMembers members;
  WdJsonMember member;

  if (!has (object, "refused"))
    return TRUE;
  if (!wd_wire_read_array (object, "refused", PARTS_MAX, &members, error))
    return FALSE;
  run->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  while (wd_json_members_next (&members, &member))
    {
      g_autofree char *subject = wd_wire_read_text_member (member.value, name);
      g_autofree char *reason = read_reason (member.value, "error");

      if (subject == NULL)
        return wd_wire_read_refuse (name, error);
      g_ptr_array_add (run->refusals,
                       wd_refusal_new (subject,
                                       g_error_new_literal (WD_ERROR,
                                                            read_code (member.value,
                                                                       WD_ERROR_REFUSED),
                                                            reason)));
    }
  return TRUE;
}

static WdBulkRun *
read_run (const char *object, GError **error)
{
  g_autoptr (WdBulkRun) run = wd_bulk_run_new ();
  g_autofree char *state = wd_wire_read_text_member (object, "state");

  /* Where nobody says so a run is not looked for a confirmation. */
  wd_wire_read_boolean (object, "must_confirm", &run->must_confirm, NULL);
  if (!wd_wire_read_fields (run_fields, NULL, object, run, error)
      || !read_request (object, run, error)
      || !read_number (object, "total", -1, &run->total, error)
      || !read_number (object, "done", -1, &run->done, error)
      || !read_number (object, "refused_count", -1, &run->refused, error)
      || !read_number (object, "settled_before", 0, &run->settled_before, error)
      || !wd_wire_read_count (object, "undelivered", -1, &run->undelivered, error)
      || !wd_wire_read_count (object, "not_asked", 0, &run->not_asked, error)
      || !wd_wire_read_boolean (object, "is_running", &run->is_running, error)
      || !wd_wire_read_boolean (object, "can_take_over", &run->can_take_over, error)
      || !read_counts (object, run, error) || !read_forecast (object, run, error)
      || !read_refusals (object, run, error))
    return NULL;
  if (!wd_bulk_state_from_word (state, &run->state))
    {
      wd_wire_read_refuse ("state", error);
      return NULL;
    }
  /* It goes into addresses. */
  if (run->id == NULL || !g_uuid_string_is_valid (run->id))
    {
      wd_wire_read_refuse ("id", error);
      return NULL;
    }
  return g_steal_pointer (&run);
}

/**
 * wd_wire_read_bulk:
 * @text: a bulk run, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the run, with what is there of its report
 */
WdBulkRun *
wd_wire_read_bulk (const char *text, gsize length, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);

  return object != NULL ? read_run (object, error) : NULL;
}

/**
 * wd_wire_read_bulk_list:
 * @text: the answer to `GET /api/bulk`, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (element-type WdBulkRun): the runs
 */
GPtrArray *
wd_wire_read_bulk_list (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) runs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_run_unref);
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMembers members;
  WdJsonMember member;

  if (object == NULL || !wd_wire_read_array (object, "runs", RUNS_MAX, &members, error))
    return NULL;
  while (wd_json_members_next (&members, &member))
    {
      WdBulkRun *run = read_run (member.value, error);

      if (run == NULL)
        return NULL;
      g_ptr_array_add (runs, run);
    }
  return g_steal_pointer (&runs);
}
