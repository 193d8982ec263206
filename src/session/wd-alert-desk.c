/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules and the incidents of one connection: a key file beside the other settings, and files of
 * lines among the user's data. Worker: one thread has the desk, and the engine on it.
 *
 * Each request reads the files first, since another program may have written them, and writes them
 * when it has changed something, all under their lock. Where that fails the engine goes on with
 * what it has in memory, and the answer says so: somebody who cannot write is told of trouble all
 * the same, and once. */

#include "session/wd-alert-desk.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "session/wd-alert-rule-file.h"
#include "session/wd-incident-file.h"
#include "session/wd-key-file.h"
#include "session/wd-url-password.h"

#define KEY_LENGTH 12

struct _WdAlertDesk {
  WdIncidentFile *file;      /* (owned) */
  char *rules_path;          /* (owned) */
  WdAlertEngine *engine;     /* (owned) */
  gboolean alone;            /* the files could not be read or written the last time */
};

/**
 * wd_alert_answer_free:
 * @self: (transfer full): an answer
 */
void
wd_alert_answer_free (WdAlertAnswer *self)
{
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->incidents, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  wd_alert_rules_unref (self->rules);
  g_free (self->problem);
  g_free (self);
}

/**
 * wd_alert_request_free:
 * @self: (transfer full): a request
 */
void
wd_alert_request_free (WdAlertRequest *self)
{
  g_clear_pointer (&self->reading, wd_reading_free);
  g_time_zone_unref (self->zone);
  g_free (self->id);
  wd_alert_rules_unref (self->rules);
  g_clear_pointer (&self->answer, wd_alert_answer_free);
  g_free (self);
}

/* Where a server is, without what is secret; nothing where the two cannot be told apart. */
static void
append_server (GString *text, const char *url)
{
  g_autofree char *password = NULL;
  g_autofree char *address = url != NULL ? wd_url_take_password (url, &password) : NULL;

  if (address != NULL && !wd_url_holds_password (address))
    g_string_append_printf (text, " %s", address);
}

/**
 * wd_alert_desk_make_key:
 * @profile: a connection
 *
 * Returns: (transfer full): what its files are called, without an extension: its name; of one that
 *   has none, what tells its servers from others
 */
char *
wd_alert_desk_make_key (const WdProfile *profile)
{
  g_autoptr (GString) servers = NULL;
  g_autofree char *sum = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  if (!profile->passing)
    {
      g_autofree char *name = g_uri_escape_string (profile->name, " ", TRUE);

      return g_strconcat ("connection ", name, NULL);
    }
  servers = g_string_new (profile->prefix);
  append_server (servers, profile->database_url);
  append_server (servers, profile->redis_url);
  append_server (servers, profile->api_url);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, servers->str, -1);
  return g_strdup_printf ("environment %.*s", KEY_LENGTH, sum);
}

/**
 * wd_alert_desk_new:
 * @profile: the connection
 *
 * Returns: (transfer full): a desk; any thread
 */
WdAlertDesk *
wd_alert_desk_new (const WdProfile *profile)
{
  WdAlertDesk *self = g_new0 (WdAlertDesk, 1);
  g_autofree char *key = wd_alert_desk_make_key (profile);
  /* What is told of sample data goes away with them. */
  g_autofree char *folder = profile->sample != NULL
                              ? g_build_filename (profile->sample, "alerts", NULL)
                              : g_build_filename (g_get_user_data_dir (), "worker-dashboard",
                                                  "alerts", NULL);
  g_autofree char *name = g_strconcat (key, ".conf", NULL);

  self->file = wd_incident_file_new (folder, key);
  self->rules_path = profile->sample != NULL
                       ? g_build_filename (folder, "rules.conf", NULL)
                       : g_build_filename (g_get_user_config_dir (), "worker-dashboard", "alerts",
                                           name, NULL);
  self->engine = wd_alert_engine_new (FALSE);
  return self;
}

/**
 * wd_alert_desk_free:
 * @self: (transfer full): a desk
 */
void
wd_alert_desk_free (WdAlertDesk *self)
{
  wd_incident_file_free (self->file);
  wd_alert_engine_free (self->engine);
  g_free (self->rules_path);
  g_free (self);
}

static void
add_problem (WdAlertAnswer *answer, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (WdAlertAnswer *answer, const char *format, ...)
{
  g_autofree char *before = g_steal_pointer (&answer->problem);
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  answer->problem = before != NULL ? g_strconcat (before, "\n", text, NULL)
                                   : g_steal_pointer (&text);
}

/* Worker. A file that is none leaves all rules as usual. */
static void
load_rules (WdAlertDesk *desk, WdAlertAnswer *answer)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = wd_key_file_load (desk->rules_path, &error);

  if (file == NULL)
    {
      add_problem (answer, _("The rules in %s cannot be read: %s"), desk->rules_path,
                   error->message);
      answer->rules = wd_alert_rules_create ();
    }
  else
    answer->rules = wd_alert_rule_file_read (file, problems);
  for (guint i = 0; i < problems->len; i++)
    add_problem (answer, "%s: %s", desk->rules_path, (const char *) problems->pdata[i]);
  wd_alert_engine_set_rules (desk->engine, answer->rules);
}

/* Worker. */
static gboolean
is_changed (GPtrArray *before, GPtrArray *after)
{
  if (before->len != after->len)
    return TRUE;
  for (guint i = 0; i < before->len; i++)
    if (!wd_incident_is_same (before->pdata[i], after->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Worker. Returns: whether what the engine has is in the files */
static gboolean
keep (WdAlertDesk *desk, GPtrArray *before, GPtrArray *retired, WdTime now, GError **error)
{
  GPtrArray *after = wd_alert_engine_get_incidents (desk->engine);

  if (retired->len > 0 && !wd_incident_file_append (desk->file, retired, now, error))
    return FALSE;
  return !is_changed (before, after) || wd_incident_file_write (desk->file, after, error);
}

/* Worker. What others made of them; what it had itself where they cannot be read, or have nothing
 * of what it could not write. */
static GPtrArray *
load_incidents (WdAlertDesk *desk, GError **error)
{
  g_autoptr (GPtrArray) incidents = wd_incident_file_read (desk->file, error);

  if (incidents == NULL)
    return NULL;
  if (!desk->alone)
    wd_alert_engine_set_incidents (desk->engine, incidents);
  return g_steal_pointer (&incidents);
}

static gboolean
refuse (WdAlertRequest *request, GError **error)
{
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no open alert “%s”"), request->id);
  return FALSE;
}

/* Worker. */
static gboolean
apply_acknowledge (WdAlertRequest *request, WdAlertDesk *desk, GError **error)
{
  return wd_alert_engine_acknowledge (desk->engine, request->id, request->now)
         || refuse (request, error);
}

/* Worker. */
static gboolean
apply_snooze (WdAlertRequest *request, WdAlertDesk *desk, GError **error)
{
  return wd_alert_engine_snooze (desk->engine, request->id, request->until)
         || refuse (request, error);
}

/* Worker. One that cannot be read is not written over. */
static gboolean
apply_rules (WdAlertRequest *request, WdAlertDesk *desk, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GKeyFile) file = wd_key_file_load (desk->rules_path, &local);

  if (file != NULL)
    wd_alert_rule_file_write (file, request->rules);
  if (file == NULL || !wd_key_file_save (file, desk->rules_path, &local))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
                   _("The rules cannot be saved in %s: %s. Nothing was changed."),
                   desk->rules_path, local->message);
      return FALSE;
    }
  wd_alert_rules_unref (request->answer->rules);
  request->answer->rules = wd_alert_rules_ref (request->rules);
  wd_alert_engine_set_rules (desk->engine, request->rules);
  return TRUE;
}

/* Worker. */
static gboolean
apply_history (WdAlertRequest *request, WdAlertDesk *desk, GError **error)
{
  g_autoptr (GError) local = NULL;

  request->answer->history = wd_incident_file_read_history (desk->file, request->now, &local);
  if (request->answer->history != NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The history in %s cannot be read: %s"),
               desk->file->history, local->message);
  return FALSE;
}

/* Worker. Pending ones are nobody's business. */
static void
copy_incidents (WdAlertDesk *desk, WdAlertAnswer *answer)
{
  GPtrArray *all = wd_alert_engine_get_incidents (desk->engine);

  answer->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  for (guint i = 0; i < all->len; i++)
    if (((WdIncident *) all->pdata[i])->state != WD_INCIDENT_PENDING)
      g_ptr_array_add (answer->incidents, wd_incident_ref (all->pdata[i]));
}

/* Worker. */
static gboolean
apply (WdAlertRequest *request, WdAlertDesk *desk, GError **error)
{
  switch (request->work)
    {
    case WD_ALERT_WORK_ACKNOWLEDGE:
      return apply_acknowledge (request, desk, error);
    case WD_ALERT_WORK_SNOOZE:
      return apply_snooze (request, desk, error);
    case WD_ALERT_WORK_SAVE_RULES:
      return apply_rules (request, desk, error);
    case WD_ALERT_WORK_LOAD_HISTORY:
      return apply_history (request, desk, error);
    case WD_ALERT_WORK_LOOK:
    default:
      return TRUE;
    }
}

/**
 * wd_alert_desk_work:
 * @task: answered with whether it was done
 * @resource: (type WdAlertDesk*): the desk
 * @task_data: (type WdAlertRequest*): gets the answer
 * @cancellable: (nullable): a cancellable
 *
 * A #WdWorkerFunc.
 */
void
wd_alert_desk_work (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  WdAlertDesk *desk = resource;
  WdAlertRequest *request = task_data;
  WdAlertAnswer *answer = request->answer;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) retired = NULL;
  g_autoptr (GError) local = NULL;
  GError *error = NULL;
  int lock = wd_incident_file_lock (desk->file, cancellable, &local);

  if (g_task_return_error_if_cancelled (task))
    {
      if (lock >= 0)
        close (lock);
      return;
    }
  wd_alert_engine_set_zone (desk->engine, request->zone);
  wd_alert_engine_set_notifies (desk->engine, request->notifies);
  load_rules (desk, answer);
  if (lock >= 0)
    before = load_incidents (desk, &local);
  if (apply (request, desk, &error))
    {
      answer->changes = wd_alert_engine_feed (desk->engine, request->reading, request->now);
      retired = wd_alert_engine_retire (desk->engine, request->now);
      desk->alone = before == NULL || !keep (desk, before, retired, request->now, &local);
    }
  if (lock >= 0)
    close (lock);
  if (local != NULL)
    add_problem (answer, _("The alerts cannot be kept in %s: %s"), desk->file->state,
                 local->message);
  copy_incidents (desk, answer);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}
