/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "session/wd-profile-draft.h"
#include "session/wd-profile-file.h"

typedef struct {
  const char *name;
  WdSecretKind kind;
  const char *typed;
  const char *url;              /* what stays; NULL: what was typed */
  const char *password;
  gboolean usable;
} Case;

static const Case cases[] = {
  { "plain", WD_SECRET_POSTGRES, "postgresql://u@db/x", NULL, "", TRUE },
  { "pasted-password", WD_SECRET_POSTGRES, "postgresql://u:p%40ss@db/x?sslmode=require",
    "postgresql://u@db/x?sslmode=require", "p@ss", TRUE },
  { "password-parameter", WD_SECRET_POSTGRES, "postgresql:///x?password=pw", "postgresql:///x",
    "pw", TRUE },
  { "conninfo", WD_SECRET_POSTGRES, "host=db password=pw", "host=db", "pw", TRUE },
  { "raw-at", WD_SECRET_POSTGRES, "postgresql://u:a@b@db/x", "postgresql://u@db/x", "a@b", TRUE },
  { "raw-slash", WD_SECRET_POSTGRES, "postgresql://u:a/b@db/x", NULL, "", FALSE },
  { "key-passphrase", WD_SECRET_POSTGRES, "postgresql://db/x?sslpassword=a", NULL, "", FALSE },
  { "empty", WD_SECRET_POSTGRES, "", NULL, "", FALSE },
  { "spaces-around", WD_SECRET_POSTGRES, " postgresql://u@db/x ", NULL, "", TRUE },
  { "half-typed", WD_SECRET_POSTGRES, "postgresq", NULL, "", TRUE },
  { "redis-password", WD_SECRET_REDIS, "rediss://:pw@cache:6379/1", "rediss://cache:6379/1", "pw",
    TRUE },
  { "redis-user", WD_SECRET_REDIS, "redis://u:pw@cache", "redis://u@cache", "pw", TRUE },
  { "redis-unreadable", WD_SECRET_REDIS, "cache:6379", NULL, "", FALSE },
  { "redis-empty", WD_SECRET_REDIS, "", NULL, "", FALSE },
};

static void
test_url (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean taken = wd_profile_draft_set_url (draft, test->kind, test->typed);

  g_assert_cmpint (taken, ==, *test->password != '\0');
  g_assert_cmpstr (draft->servers[test->kind].url, ==, test->url != NULL ? test->url : test->typed);
  g_assert_cmpstr (draft->servers[test->kind].password, ==, test->password);
  g_assert_cmpint (wd_profile_draft_check_server (draft, test->kind, &error), ==, test->usable);
  g_assert_cmpint (error == NULL, ==, test->usable);
}

/* Field by field to the address, and the address to the fields. */
static void
test_both_ways (void)
{
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  WdServerDraft *postgres = &draft->servers[WD_SECRET_POSTGRES];
  WdServerDraft *redis = &draft->servers[WD_SECRET_REDIS];

  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_HOST, "db");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_PORT, "5433");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_DATABASE, "a/b");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_USER, "u@x");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_TLS, "verify-ca");
  g_assert_cmpstr (postgres->url, ==, "postgresql://u%40x@db:5433/a%2Fb?sslmode=verify-ca");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_HOST, "/run/pg");
  g_assert_cmpstr (postgres->url, ==,
                   "postgresql://u%40x@/a%2Fb?host=/run/pg&port=5433&sslmode=verify-ca");
  wd_profile_draft_set_url (draft, WD_SECRET_POSTGRES, "postgresql://v@[::1]/y?application_name=z");
  g_assert_cmpstr (wd_address_get (postgres->address, WD_ADDRESS_HOST), ==, "::1");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_USER, "w");
  g_assert_cmpstr (postgres->url, ==, "postgresql://w@[::1]/y?application_name=z");

  wd_profile_draft_set_field (draft, WD_SECRET_REDIS, WD_ADDRESS_HOST, "cache");
  wd_profile_draft_set_field (draft, WD_SECRET_REDIS, WD_ADDRESS_TLS, "on");
  wd_profile_draft_set_field (draft, WD_SECRET_REDIS, WD_ADDRESS_DATABASE, "2");
  g_assert_cmpstr (redis->url, ==, "rediss://cache/2");
  wd_profile_draft_set_field (draft, WD_SECRET_REDIS, WD_ADDRESS_HOST, "/run/r.sock");
  g_assert_cmpstr (redis->url, ==, "redis+unix:///run/r.sock?db=2");
}

/* The same text again changes nothing: what was typed is not written anew behind one's back. */
static void
test_kept_as_typed (void)
{
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);

  wd_profile_draft_set_url (draft, WD_SECRET_POSTGRES, "host=db dbname=x");
  wd_profile_draft_set_field (draft, WD_SECRET_POSTGRES, WD_ADDRESS_HOST, "db");
  g_assert_cmpstr (draft->servers[WD_SECRET_POSTGRES].url, ==, "host=db dbname=x");
}

static void
test_check (void)
{
  const char *const taken[] = { "One", NULL };
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  g_autoptr (GError) error = NULL;
  WdDraftField field;

  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_cmpint (field, ==, WD_DRAFT_POSTGRES);
  g_clear_error (&error);
  wd_profile_draft_set_url (draft, WD_SECRET_POSTGRES, "postgresql://db/x");
  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_cmpint (field, ==, WD_DRAFT_REDIS);
  g_clear_error (&error);
  draft->has_redis = FALSE;
  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_cmpint (field, ==, WD_DRAFT_NAME);
  g_clear_error (&error);
  wd_profile_draft_set_text (&draft->name, "One");
  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  wd_profile_draft_set_text (&draft->name, "Two");
  g_assert_true (wd_profile_draft_check (draft, taken, &field, &error));
  wd_profile_draft_set_text (&draft->ca_file, "ca.pem");
  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_cmpint (field, ==, WD_DRAFT_OTHER);
  g_clear_error (&error);
  wd_profile_draft_set_text (&draft->ca_file, "");
  wd_profile_draft_set_text (&draft->prefix, "");
  g_assert_false (wd_profile_draft_check (draft, taken, &field, &error));
  g_assert_cmpint (field, ==, WD_DRAFT_OTHER);
}

/* What the dialog does not show survives it. */
static void
test_profile (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("One");
  WdQueueMapping *mapping = wd_queue_mapping_copy (wd_profile_get_mapping (profile, "sync"));
  g_autoptr (WdProfileDraft) draft = NULL;
  g_autoptr (WdProfileDraft) copy = NULL;
  g_autoptr (WdProfile) result = NULL;
  WdDraftField field;
  gsize n_types;

  g_free (mapping->queue);
  mapping->queue = g_strdup ("balances");
  wd_profile_set_mapping (profile, "sync", mapping);
  profile->database_url = g_strdup ("postgresql://u:pw@db/x");
  profile->redis_url = g_strdup ("redis://cache");
  profile->redis_password = g_strdup ("rpw");
  profile->failure_percent = 33;
  profile->colour = g_strdup ("mauve");
  profile->production = TRUE;
  draft = wd_profile_draft_new (profile);
  copy = wd_profile_draft_copy (draft);
  result = wd_profile_draft_to_profile (copy);
  g_assert_cmpstr (result->database_url, ==, "postgresql://u@db/x");
  g_assert_cmpstr (result->database_password, ==, "pw");
  g_assert_cmpstr (result->redis_password, ==, "rpw");
  g_assert_cmpstr (wd_profile_get_mapping (result, "sync")->queue, ==, "balances");
  g_assert_cmpuint (result->failure_percent, ==, 33);
  g_assert_cmpstr (result->colour, ==, "mauve");
  g_assert_true (result->production);
  g_assert_true (result->keyring);
  g_assert_true (wd_profile_validate (result, NULL));

  g_assert_true (wd_profile_draft_equal (draft, copy));
  wd_profile_draft_set_text (&copy->queues[0], " top-ups ");
  g_assert_false (wd_profile_draft_equal (draft, copy));
  g_clear_pointer (&result, wd_profile_unref);
  result = wd_profile_draft_to_profile (copy);
  g_assert_cmpstr (wd_profile_get_mapping (result, wd_job_types (&n_types)[0].name)->queue, ==,
                   "top-ups");
  g_assert_cmpstr (wd_profile_get_mapping (result, "sync")->queue, ==, "balances");
  g_assert_true (wd_profile_draft_check (copy, NULL, &field, NULL));
  wd_profile_draft_set_text (&copy->queues[0], "top:ups");
  g_assert_false (wd_profile_draft_check (copy, NULL, &field, NULL));
  g_assert_cmpint (field, ==, WD_DRAFT_OTHER);
  wd_profile_draft_set_text (&copy->queues[0], "top-ups");

  g_clear_pointer (&result, wd_profile_unref);
  wd_profile_draft_set_text (&copy->servers[WD_SECRET_POSTGRES].password, "");
  copy->has_redis = FALSE;
  result = wd_profile_draft_to_profile (copy);
  g_assert_null (result->redis_url);
  g_assert_null (result->redis_password);
  g_assert_false (result->keyring);
}

static const struct {
  const char *url;
  gboolean is_good;
} remotes[] = {
  { "https://dashboard.example.com", TRUE },
  { " https://example.com:8443/admin/ ", TRUE },
  { "http://localhost:3000", TRUE },
  { "http://127.0.0.1", TRUE },
  { "http://[::1]:3000", TRUE },
  { "http://dashboard.example.com", FALSE },
  { "http://localhost.example.com", FALSE },
  { "https://user:token@example.com", FALSE },
  { "https://example.com/?token=x", FALSE },
  { "https://example.com/#x", FALSE },
  { "https:///x", FALSE },
  { "ftp://example.com", FALSE },
  { "dashboard.example.com", FALSE },
  { "", FALSE },
};

static void
test_remote (void)
{
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  g_autoptr (WdProfileDraft) copy = NULL;
  g_autoptr (WdProfile) profile = NULL;
  WdDraftField field;

  wd_profile_draft_set_text (&draft->name, "Remote");
  wd_profile_draft_set_url (draft, WD_SECRET_POSTGRES, "postgresql://u:pw@db/x");
  draft->is_remote = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (remotes); i++)
    {
      wd_profile_draft_set_text (&draft->api_url, remotes[i].url);
      g_test_message ("%s", remotes[i].url);
      g_assert_true (wd_profile_draft_check (draft, NULL, &field, NULL) == remotes[i].is_good);
      g_assert_true (remotes[i].is_good || field == WD_DRAFT_REMOTE);
    }
  wd_profile_draft_set_text (&draft->api_url, " https://example.com ");
  wd_profile_draft_set_text (&draft->api_token, "t");
  profile = wd_profile_draft_to_profile (draft);
  g_assert_cmpstr (profile->api_url, ==, "https://example.com");
  g_assert_cmpstr (profile->api_token, ==, "t");
  g_assert_true (profile->keyring);
  g_assert_null (profile->database_url);
  g_assert_null (profile->redis_url);

  copy = wd_profile_draft_copy (draft);
  g_assert_true (wd_profile_draft_equal (draft, copy));
  copy->is_remote = FALSE;
  copy->has_redis = FALSE;
  g_assert_false (wd_profile_draft_equal (draft, copy));
  g_clear_pointer (&profile, wd_profile_unref);
  profile = wd_profile_draft_to_profile (copy);
  g_assert_cmpstr (profile->database_url, ==, "postgresql://u@db/x");
  g_assert_null (profile->api_url);
  g_assert_null (profile->api_token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/profile-draft/url/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_url);
    }
  g_test_add_func ("/profile-draft/both-ways", test_both_ways);
  g_test_add_func ("/profile-draft/kept-as-typed", test_kept_as_typed);
  g_test_add_func ("/profile-draft/check", test_check);
  g_test_add_func ("/profile-draft/profile", test_profile);
  g_test_add_func ("/profile-draft/remote", test_remote);
  return g_test_run ();
}
