/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-json-pretty.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *json;
  const char *pretty;
} Case;

static const Case cases[] = {
  { "number", "1", "1" },
  { "empty-text", "", "" },
  { "empty-object", "{ }", "{}" },
  { "empty-array", "[\n]", "[]" },
  { "object", "{\"a\":1,\"b\":\"x\"}", "{\n  \"a\": 1,\n  \"b\": \"x\"\n}" },
  { "nested", "{\"a\":[1,{\"b\":{}}]}",
    "{\n  \"a\": [\n    1,\n    {\n      \"b\": {}\n    }\n  ]\n}" },
  { "pretty-already", "{\n  \"a\": 1\n}", "{\n  \"a\": 1\n}" },
  { "numbers-stay", "[0.10000000000000000000001,1e400,-0,123456789012345678901234567890]",
    "[\n  0.10000000000000000000001,\n  1e400,\n  -0,\n  123456789012345678901234567890\n]" },
  { "strings-stay", "[\"{[,:]} \\\" \\\\\",\"  \"]",
    "[\n  \"{[,:]} \\\" \\\\\",\n  \"  \"\n]" },
  { "words", "[true,false,null]", "[\n  true,\n  false,\n  null\n]" },
  { "no-json", "hello", "hello" },
  { "open-string", "[\"abc", "[\n  \"abc" },
  { "ends-in-backslash", "[\"abc\\", "[\n  \"abc\\" },
  { "too-many-ends", "]]", "\n]\n]" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *pretty = wd_json_pretty (test->json);

  g_assert_cmpstr (pretty, ==, test->pretty);
}

/* A margin that grew with the depth would need gigabytes for this. */
static void
test_deep (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *pretty = wd_json_pretty (open);

  g_assert_cmpuint (strlen (pretty), <, 100000 * (2 + 2 * 64));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/json-pretty/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/base/json-pretty/deep", test_deep);
  return g_test_run ();
}
