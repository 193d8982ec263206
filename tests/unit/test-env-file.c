/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "session/wd-env-import.h"

typedef struct {
  const char *name;
  const char *text;
  const char *key;
  const char *value;            /* NULL: not set */
} Case;

static const Case cases[] = {
  { "plain", "A=b\n", "A", "b" },
  { "no-newline", "A=b", "A", "b" },
  { "export", "export A=b", "A", "b" },
  { "export-tab", "\texport\tA = b ", "A", "b" },
  { "export-is-a-name", "export=b", "export", "b" },
  { "comment", "# A=b\n", "A", NULL },
  { "comment-behind", "A=b # c", "A", "b" },
  { "hash-in-value", "A=b#c", "A", "b#c" },
  { "url-fragment", "A=redis://:p#w@h", "A", "redis://:p#w@h" },
  { "single", "A='b # $C \\n'\nC=d", "A", "b # d \\n" },
  { "double", "A=\"b\\nc\\\"d\"", "A", "b\nc\"d" },
  { "backtick", "A=`it's \"b\"`", "A", "it's \"b\"" },
  { "lines", "A=\"b\nc\"\nD=e", "A", "b\nc" },
  { "after-lines", "A=\"b\nc\"\nD=e", "D", "e" },
  { "behind-quotes", "A='b' # c\nD=e", "A", "b" },
  { "open-quote", "A=\"b\nD=e", "A", "\"b" },
  { "open-quote-next", "A=\"b\nD=e", "D", "e" },
  { "last-wins", "A=b\nA=c", "A", "c" },
  { "empty", "A=\nB=c", "A", NULL },
  { "empty-next", "A=\nB=c", "B", "c" },
  { "crlf", "A=b\r\nC=d\r\n", "A", "b" },
  { "bom", "\xef\xbb\xbf" "A=b", "A", "b" },
  { "reference", "P=pw\nA=x://u:${P}@h", "A", "x://u:pw@h" },
  { "reference-later", "A=${P}\nP=pw", "A", "pw" },
  { "reference-bare", "P=pw\nA=$P!", "A", "pw!" },
  { "reference-unknown", "A=pa$word", "A", "pa$word" },
  { "reference-escaped", "P=x\nA=a\\$P", "A", "a$P" },
  { "reference-circle", "A=$B\nB=$A", "A", "$B" },
  { "reference-open", "A=${B\nB=c", "A", "${B" },
  { "yaml", "A: b", "A", "b" },
  { "not-an-assignment", "hello world\nA=b", "A", "b" },
  { "no-name", "=b\nA=c", "A", "c" },
  { "bad-utf8", "A=\xff\xfe\nB=c", "B", "c" },
};

static void
test_parse (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (WdEnvFile) file = wd_env_file_parse (test->text, -1);

  if (g_strcmp0 (test->name, "reference-circle") == 0)
    g_assert_true (g_str_has_prefix (wd_env_file_get (file, test->key), "$"));
  else
    g_assert_cmpstr (wd_env_file_get (file, test->key), ==, test->value);
}

/* Whatever is dropped on the window is read to an end, within bounds. */
static void
test_noise (void)
{
  static const char letters[] = "AB=\"'`$#{}\\\n\r \t\0\xc3\xff" ":export";
  g_autoptr (GRand) random = g_rand_new_with_seed (20261125);

  for (guint round = 0; round < 20000; round++)
    {
      char text[64];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof text);
      g_autoptr (WdEnvFile) file = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
      file = wd_env_file_parse (text, (gssize) length);
      g_assert_cmpuint (file->names->len, ==, g_hash_table_size (file->values));
      g_assert_cmpuint (file->names->len + file->n_unread, <=, length);
    }
}

/* Ten references to ten references…: 10^8 of them if nobody counted. */
static void
test_bomb (void)
{
  g_autoptr (GString) text = g_string_new ("Z=boom\n");
  g_autoptr (WdEnvFile) file = NULL;

  for (char name = 'Y'; name >= 'A'; name--)
    {
      g_string_append_printf (text, "%c=", name);
      for (guint i = 0; i < 10; i++)
        g_string_append_printf (text, "${%c}", name + 1);
      g_string_append_c (text, '\n');
    }
  file = wd_env_file_parse (text->str, -1);
  g_assert_cmpuint (strlen (wd_env_file_get (file, "A")), <, 1024 * 1024);
  g_assert_cmpuint (strlen (wd_env_file_get (file, "Y")), ==, strlen ("boom") * 10);
}

typedef struct {
  const char *name;
  const char *text;
  const char *url;              /* of PostgreSQL afterwards */
  const char *password;
  const char *redis;
  const char *taken;            /* a variable that was taken over */
  const char *left;             /* (nullable) one that was not */
  const char *reason;           /* a part of why */
} ImportCase;

#define KEY "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"

static const ImportCase imports[] = {
  { "urls", "DATABASE_URL=postgres://u:p@db.example.com/x\nREDIS_URL=rediss://:r@cache.example.com",
    "postgres://u@db.example.com/x", "p", "rediss://cache.example.com", "REDIS_URL", NULL, NULL },
  { "prisma", "DATABASE_URL=\"postgresql://postgres.abc:p@aws-0-x.pooler.supabase.com:6543/postgres"
    "?pgbouncer=true&connection_limit=1\"",
    "postgresql://postgres.abc@aws-0-x.pooler.supabase.com:6543/postgres", "p", "", "DATABASE_URL",
    NULL, NULL },
  { "direct-instead",
    "DATABASE_URL=postgresql://postgres.abc:p@aws-0-x.pooler.supabase.com:6543/postgres"
    "\nDIRECT_URL=postgresql://postgres.abc:p@aws-0-x.pooler.supabase.com:5432/postgres",
    "postgresql://postgres.abc@aws-0-x.pooler.supabase.com:5432/postgres", "p", "", "DIRECT_URL",
    "DATABASE_URL", "transaction pooler" },
  { "supabase-only", "NEXT_PUBLIC_SUPABASE_URL=https://abcdef.supabase.co\n"
    "SUPABASE_SERVICE_ROLE_KEY=" KEY,
    "postgresql://postgres@db.abcdef.supabase.co:5432/postgres?sslmode=require", "", "",
    "NEXT_PUBLIC_SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "no database password" },
  { "supabase-besides", "NEXT_PUBLIC_SUPABASE_URL=https://abcdef.supabase.co\n"
    "DATABASE_URL=postgresql://u@db.example.com/x",
    "postgresql://u@db.example.com/x", "", "", "DATABASE_URL", "NEXT_PUBLIC_SUPABASE_URL",
    "Connect" },
  { "anon-key",
    "NEXT_PUBLIC_SUPABASE_ANON_KEY=" KEY "\nDATABASE_URL=postgresql://u@db.example.com/x",
    "postgresql://u@db.example.com/x", "", "", "DATABASE_URL", "NEXT_PUBLIC_SUPABASE_ANON_KEY",
    "public key" },
  { "parts", "PGHOST=db.example.com\nPGUSER=u\nPGDATABASE=x\nPGPASSWORD=p\n"
    "REDIS_HOST=cache.example.com\n"
    "REDIS_PORT=6380\nREDIS_PASSWORD=r\nREDIS_TLS=true",
    "postgresql://u@db.example.com/x", "p", "rediss://cache.example.com:6380", "REDIS_HOST", NULL,
    NULL },
  { "upstash", "DATABASE_URL=postgresql://u@db.example.com/x\n"
    "UPSTASH_REDIS_REST_URL=https://x.upstash.io", "postgresql://u@db.example.com/x", "", "",
    "DATABASE_URL", "UPSTASH_REDIS_REST_URL", "HTTP" },
  { "container", "DATABASE_URL=postgresql://u:p@postgres:5432/x", "postgresql://u@postgres:5432/x",
    "p", "", "DATABASE_URL", "PostgreSQL", "containers" },
  { "port", "PGHOST=db.example.com\nPGPORT=54x2\nPGDATABASE=x",
    "postgresql://db.example.com:54x2/x", "", "", "PGDATABASE", "PGPORT",
    "The port of PostgreSQL is not a number" },
  { "port-in-url",
    "DATABASE_URL=postgresql://u@db.example.com/x\nREDIS_URL=redis://cache.org:99999",
    "postgresql://u@db.example.com/x", "", "redis://cache.org:99999", "DATABASE_URL", "REDIS_URL",
    "The port of Redis is not a number" },
  { "node-ssl", "DATABASE_URL=postgresql://u@db.example.com/x?sslmode=no-verify",
    "postgresql://u@db.example.com/x?sslmode=require", "", "", "DATABASE_URL", NULL, NULL },
};

static const WdImportNote *
find_note (GPtrArray *notes, const char *name)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_strcmp0 (((WdImportNote *) notes->pdata[i])->name, name) == 0)
      return notes->pdata[i];
  return NULL;
}

static void
test_import (gconstpointer data)
{
  const ImportCase *test = data;
  g_autoptr (WdEnvFile) file = wd_env_file_parse (test->text, -1);
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  g_autoptr (GPtrArray) notes = wd_env_import (file, draft);
  const WdImportNote *note;

  g_assert_cmpstr (draft->servers[WD_SECRET_POSTGRES].url, ==, test->url);
  g_assert_cmpstr (draft->servers[WD_SECRET_POSTGRES].password, ==, test->password);
  g_assert_cmpstr (draft->servers[WD_SECRET_REDIS].url, ==, test->redis);
  note = find_note (notes, test->taken);
  g_assert_nonnull (note);
  g_assert_true (note->taken);
  if (test->left == NULL)
    return;
  note = find_note (notes, test->left);
  g_assert_nonnull (note);
  g_assert_false (note->taken);
  g_assert_nonnull (strstr (note->text, test->reason));
  for (guint i = 0; i < notes->len; i++)
    g_assert_null (strstr (((WdImportNote *) notes->pdata[i])->text, KEY));
}

static void
test_nothing (void)
{
  g_autoptr (WdEnvFile) file = wd_env_file_parse ("NODE_ENV=production\n", -1);
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);
  g_autoptr (GPtrArray) notes = wd_env_import (file, draft);

  g_assert_cmpuint (notes->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/env-file/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (imports); i++)
    {
      g_autofree char *path = g_strconcat ("/env-file/import/", imports[i].name, NULL);

      g_test_add_data_func (path, &imports[i], test_import);
    }
  g_test_add_func ("/env-file/noise", test_noise);
  g_test_add_func ("/env-file/bomb", test_bomb);
  g_test_add_func ("/env-file/nothing", test_nothing);
  return g_test_run ();
}
