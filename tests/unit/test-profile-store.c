/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/wd-error.h"
#include "session/wd-profile-environment.h"
#include "session/wd-profile-file.h"
#include "session/wd-profile-store.h"

typedef struct {
  char *folder;                 /* (owned) */
  char *path;                   /* (owned) */
  WdProfileStore *store;        /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("wd-profiles-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "deeper", "profiles.conf", NULL);
  fixture->store = wd_profile_store_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *deeper = g_path_get_dirname (fixture->path);

  g_object_unref (fixture->store);
  g_remove (fixture->path);
  g_rmdir (deeper);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static GPtrArray *
load_all (Fixture *fixture, GPtrArray **problems, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_profile_store_load_async (fixture->store, NULL, done_cb, &result);
  return wd_profile_store_load_finish (fixture->store, wait_for (&result), problems, error);
}

static GPtrArray *
load (Fixture *fixture, GError **error)
{
  return load_all (fixture, NULL, error);
}

static gboolean
save (Fixture *fixture, WdProfile *profile, const char *replaces, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_profile_store_save_async (fixture->store, profile, replaces, NULL, done_cb, &result);
  return wd_profile_store_save_finish (fixture->store, wait_for (&result), error);
}

static gboolean
remove_profile (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_profile_store_remove_async (fixture->store, name, NULL, done_cb, &result);
  return wd_profile_store_remove_finish (fixture->store, wait_for (&result), error);
}

static void
write_text (Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static WdProfile *
make_profile (const char *name)
{
  WdProfile *profile = wd_profile_create (name);
  WdQueueMapping *mapping = wd_queue_mapping_copy (wd_profile_get_mapping (profile, "sync"));

  profile->database_url = g_strdup ("postgresql://admin@db/x?application_name=a%20b");
  profile->redis_url = g_strdup ("redis+unix:///run/x.sock");
  profile->ca_file = g_strdup ("/etc/ca\\x.pem");
  profile->read_only = TRUE;
  profile->colour = g_strdup ("purple");
  profile->keyring = FALSE;
  profile->failure_percent = 35;
  g_free (mapping->queue);
  mapping->queue = g_strdup ("balances");
  mapping->attempts = 7;
  g_free (mapping->backoff_type);
  mapping->backoff_type = g_strdup ("fixed");
  mapping->backoff_ms = 2500;
  wd_profile_set_mapping (profile, "sync", mapping);
  return profile;
}

static void
test_round_trip (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (WdProfile) profile = make_profile ("Höhe & Tiefe");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *text = NULL;
  const WdProfile *found;
  const WdQueueMapping *mapping;
  struct stat status;

  profile->database_password = g_strdup ("s3cret");
  profile->redis_password = g_strdup ("s3cret");
  save (fixture, profile, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_null (strstr (text, "s3cret"));
  g_assert_null (strstr (text, "prefix"));
  g_assert_null (strstr (text, "gas-topup"));

  profiles = load (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 1);
  found = profiles->pdata[0];
  g_assert_cmpstr (found->name, ==, profile->name);
  g_assert_cmpstr (found->database_url, ==, profile->database_url);
  g_assert_cmpstr (found->redis_url, ==, profile->redis_url);
  g_assert_cmpstr (found->ca_file, ==, profile->ca_file);
  g_assert_cmpstr (found->prefix, ==, "bull");
  g_assert_true (found->read_only);
  g_assert_false (found->production);
  g_assert_cmpstr (found->colour, ==, "purple");
  g_assert_false (found->keyring);
  g_assert_cmpuint (found->failure_percent, ==, 35);
  g_assert_null (found->database_password);
  mapping = wd_profile_get_mapping (found, "sync");
  g_assert_cmpstr (mapping->queue, ==, "balances");
  g_assert_cmpstr (mapping->bullmq_name, ==, "sync");
  g_assert_cmpint (mapping->attempts, ==, 7);
  g_assert_cmpstr (mapping->backoff_type, ==, "fixed");
  g_assert_cmpint (mapping->backoff_ms, ==, 2500);
}

static void
test_changes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (WdProfile) one = make_profile ("One");
  g_autoptr (WdProfile) two = make_profile ("Two");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *text = NULL;

  write_text (fixture, "# mine\n[One]\ndatabase-url=postgresql:///x\nlater-version=kept\n");
  g_assert_false (save (fixture, one, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  save (fixture, one, "One", &error);
  g_assert_no_error (error);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "later-version=kept"));

  save (fixture, two, "One", &error);
  g_assert_no_error (error);
  profiles = load (fixture, NULL);
  g_assert_cmpuint (profiles->len, ==, 1);
  g_assert_cmpstr (((WdProfile *) profiles->pdata[0])->name, ==, "Two");
  g_free (g_steal_pointer (&text));
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "later-version=kept"));

  g_assert_false (remove_profile (fixture, "One", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (remove_profile (fixture, "Two", &error));
  g_clear_pointer (&profiles, g_ptr_array_unref);
  profiles = load (fixture, NULL);
  g_assert_cmpuint (profiles->len, ==, 0);
}

static void
test_missing (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = load (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 0);
}

static void
test_password_refused (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (WdProfile) profile = make_profile ("One");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *warning = NULL;

  g_free (profile->redis_url);
  profile->redis_url = g_strdup ("redis://:s3cret@cache");
  g_assert_false (save (fixture, profile, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_REFUSED);
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  write_text (fixture, "[One]\ndatabase-url=postgresql://u:s3cret@db/x\n");
  profiles = load (fixture, NULL);
  warning = wd_profile_get_warning (profiles->pdata[0]);
  g_assert_nonnull (strstr (warning, "One"));
  g_assert_null (strstr (warning, "s3cret"));
}

static void
test_bad_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  write_text (fixture, "no group");
  g_assert_null (load (fixture, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
}

/* One that is badly written is named and left alone, and the others serve. */
static void
test_bad_group (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *key;
    const char *value;
  } lines[] = {
    { "read-only", "perhaps" },
    { "failure-percent", "101" },
    { "attempts.sync", "0" },
    { "attempts.sync", "many" },
    { "backoff.sync", "sometimes:5" },
    { "backoff.sync", "fixed:-5" },
    { "queue.sync", "a:b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s=%s\n", lines[i].key, lines[i].value);
      g_autofree char *text = g_strdup_printf ("[P]\n%s[Good]\ndatabase-url=postgresql:///x\n",
                                               line);
      g_autofree char *after = NULL;
      g_autoptr (WdProfile) one = make_profile ("One");
      g_autoptr (WdProfile) p = make_profile ("P");
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GPtrArray) profiles = NULL;

      write_text (fixture, text);
      profiles = load_all (fixture, &problems, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (profiles->len, ==, 1);
      g_assert_nonnull (wd_profile_store_find (profiles, problems, "Good", &error));
      g_assert_null (wd_profile_store_find (profiles, problems, "Nobody", &error));
      g_assert_no_error (error);
      g_assert_null (wd_profile_store_find (profiles, problems, "P", &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, "“P”"));
      g_assert_nonnull (strstr (error->message, lines[i].key));
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_clear_error (&error);

      g_assert_false (save (fixture, p, NULL, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
      g_clear_error (&error);
      g_assert_true (save (fixture, one, NULL, &error));
      g_file_get_contents (fixture->path, &after, NULL, NULL);
      g_assert_nonnull (strstr (after, line));
    }
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    gboolean valid;
  } cases[] = {
    { "Production", TRUE }, { "Höhe 2", TRUE }, { "", FALSE }, { " a", FALSE }, { "a ", FALSE },
    { "a[1]", FALSE }, { "a\nb", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdProfile) profile = make_profile (cases[i].name);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (wd_profile_validate (profile, &error), ==, cases[i].valid);
      g_assert_cmpint (error == NULL, ==, cases[i].valid);
    }
}

static void
test_environment (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = NULL;

  g_setenv ("DATABASE_URL", "", TRUE);
  g_unsetenv ("REDIS_URL");
  g_assert_null (wd_profile_from_environment (&error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_setenv ("DATABASE_URL", "postgresql:///x", TRUE);
  g_setenv ("WORKER_DASHBOARD_PREFIX", "site", TRUE);
  g_setenv ("WORKER_DASHBOARD_CA_FILE", "/ca.pem", TRUE);
  profile = wd_profile_from_environment (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (profile->database_url, ==, "postgresql:///x");
  g_assert_null (profile->redis_url);
  g_assert_cmpstr (profile->prefix, ==, "site");
  g_assert_cmpstr (profile->ca_file, ==, "/ca.pem");
}

/* Either the servers or the dashboard, and no token in the file. */
static void
test_remote (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("Remote");
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const WdProfile *found;

  profile->api_url = g_strdup ("https://example.com");
  profile->api_token = g_strdup ("secret");
  g_assert_true (save (fixture, profile, NULL, &error));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "\nurl=https://example.com\n"));
  g_assert_null (strstr (text, "secret"));
  profiles = load (fixture, &error);
  g_assert_no_error (error);
  found = profiles->pdata[0];
  g_assert_cmpstr (found->api_url, ==, "https://example.com");
  g_assert_null (found->database_url);
  profile->database_url = g_strdup ("postgresql://db/x");
  g_assert_false (wd_profile_validate (profile, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/profile-store/round-trip", test_round_trip);
  ADD ("/profile-store/changes", test_changes);
  ADD ("/profile-store/missing", test_missing);
  ADD ("/profile-store/password-refused", test_password_refused);
  ADD ("/profile-store/bad-file", test_bad_file);
  ADD ("/profile-store/bad-group", test_bad_group);
  ADD ("/profile-store/remote", test_remote);
  g_test_add_func ("/profile-store/names", test_names);
  g_test_add_func ("/profile-store/environment", test_environment);
  return g_test_run ();
}
