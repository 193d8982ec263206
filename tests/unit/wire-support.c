/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-support.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Every document must be JSON to an independent parser, whatever is compared as text. */
char *
finish (WdJsonWriter *writer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wd_json_writer_finish (writer);

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

void
assert_has (const char *document, const char *part)
{
  if (strstr (document, part) == NULL)
    g_error ("“%s” is not in %s", part, document);
}

void
assert_members (const char *document, const char *path, const char *const *expected)
{
  g_autoptr (JsonNode) root = json_from_string (document, NULL);
  g_autoptr (JsonNode) found = json_path_query (path, root, NULL);
  JsonObject *object = json_array_get_object_element (json_node_get_array (found), 0);
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next, expected++)
    g_assert_cmpstr (member->data, ==, *expected);
  g_assert_null (*expected);
}

WdJob *
make_job (const char *data)
{
  WdJob *job = wd_job_new ();

  job->id = g_strdup ("6f2c0c8a-0000-4000-8000-000000000001");
  job->job_id = g_strdup ("topup-1");
  job->job_type = g_strdup ("gas-topup");
  job->status = g_strdup ("processing");
  job->data = g_strdup (data);
  job->started_at = WD_TIME_NONE;
  job->completed_at = WD_TIME_INFINITY;
  job->created_at = MIDDAY;
  job->updated_at = MIDDAY / G_USEC_PER_SEC * G_USEC_PER_SEC;
  job->retry_count = WD_INT_NONE;
  job->max_retries = 3;
  return job;
}
