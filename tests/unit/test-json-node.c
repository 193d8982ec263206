/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job's data as a tree: nothing lost, nothing made up, nothing made before it is looked at. */

#include "base/wd-json-node.h"
#include "base/wd-json-text.h"

#include <string.h>

/* All below @node, as `key=value` and `key{…}`. */
static void
describe (GString *out, WdJsonNode *node)
{
  GListModel *children = wd_json_node_get_children (node);
  g_autofree char *text = wd_json_node_dup_text (node);

  if (wd_json_node_get_kind (node) == WD_JSON_MORE)
    g_string_append_printf (out, "+%u", wd_json_node_get_n_children (node));
  if (text != NULL)
    g_string_append (out, text);
  if (wd_json_node_get_kind (node) != WD_JSON_OBJECT
      && wd_json_node_get_kind (node) != WD_JSON_ARRAY)
    return;
  g_string_append_c (out, wd_json_node_get_kind (node) == WD_JSON_OBJECT ? '{' : '[');
  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (WdJsonNode) child = g_list_model_get_item (children, i);
      g_autofree char *key = wd_json_node_dup_key (child);

      g_string_append_printf (out, "%s%s=", i > 0 ? " " : "", key);
      describe (out, child);
    }
  g_string_append_c (out, wd_json_node_get_kind (node) == WD_JSON_OBJECT ? '}' : ']');
}

typedef struct {
  const char *name;
  const char *json;
  const char *tree;   /* NULL: no JSON */
} Case;

static const Case cases[] = {
  { "object", "{\"a\": 1, \"b\" : [true,false , null]}", "{a=1 b=[0=true 1=false 2=null]}" },
  { "empty", " { } ", "{}" },
  { "empty-inside", "{\"a\":{},\"b\":[]}", "{a={} b=[]}" },
  { "numbers-stay", "[0.100000000000000000001,1e400,-0,12345678901234567890123]",
    "[0=0.100000000000000000001 1=1e400 2=-0 3=12345678901234567890123]" },
  { "scalar", "\"x\"", "x" },
  { "escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[0=\"\\/\b\f\n\r\t]" },
  { "unicode", "[\"\\u00e4\\u20ac\\ud83d\\ude00\"]", "[0=ä€😀]" },
  { "half-a-pair", "[\"\\ud83d\", \"\\ude00x\", \"\\ud83d\\u0041\"]", "[0=� 1=�x 2=�A]" },
  { "null-character", "[\"a\\u0000b\"]", "[0=a␀b]" },
  { "key-escapes", "{\"a\\n\\\"b\": 1}", "{a\n\"b=1}" },
  { "key-twice", "{\"a\":1,\"a\":2}", "{a=1 a=2}" },
  { "brackets-in-text", "{\"a\":\"}],{\",\"b\":\"[\"}", "{a=}],{ b=[}" },
  { "escaped-quote-in-key", "{\"\\\"\":{\"x\":\"\\\\\"}}", "{\"={x=\\}}" },
  { "deep", "[[[[1]]]]", "[0=[0=[0=[0=1]]]]" },
  { "not-closed", "{\"a\":1", NULL },
  { "comma-too-many", "[1,]", NULL },
  { "no-value", "{\"a\":}", NULL },
  { "no-key", "{1:2}", NULL },
  { "two-values", "1 2", NULL },
  { "no-text", "", NULL },
  { "word", "nul", NULL },
  { "octal", "[01]", NULL },
  { "line-in-text", "[\"a\nb\"]", NULL },
  { "bad-escape", "[\"\\x\"]", NULL },
  { "short-unicode", "[\"\\u12\"]", NULL },
  { "plus", "[+1]", NULL },
  { "point", "[1.]", NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (WdJsonNode) root = wd_json_node_parse (test->json);
  g_autoptr (GString) tree = g_string_new (NULL);

  g_assert_cmpint (wd_json_text_is_valid (test->json), ==, test->tree != NULL);
  if (test->tree == NULL)
    {
      g_assert_null (root);
      return;
    }
  g_assert_nonnull (root);
  describe (tree, root);
  g_assert_cmpstr (tree->str, ==, test->tree);
}

static char *
make_list (guint n, gboolean is_object)
{
  GString *json = g_string_new (is_object ? "{" : "[");

  for (guint i = 0; i < n; i++)
    if (is_object)
      g_string_append_printf (json, "%s\"k%u\": {\"v\": [%u]}", i > 0 ? ", " : "", i, i);
    else
      g_string_append_printf (json, "%s%u", i > 0 ? " , " : "", i);
  g_string_append_c (json, is_object ? '}' : ']');
  return g_string_free (json, FALSE);
}

/* Of a long list the beginning, and on demand the rest, in its place. */
static void
test_long (gconstpointer data)
{
  gboolean is_object = GPOINTER_TO_INT (data);
  static const guint sizes[] = { 100, 101, 102, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *json = make_list (sizes[i], is_object);
      g_autoptr (WdJsonNode) root = wd_json_node_parse (json);
      GListModel *children = wd_json_node_get_children (root);
      g_autoptr (WdJsonNode) last = NULL;
      g_autoptr (WdJsonNode) more = NULL;
      g_autofree char *key = NULL;
      g_autofree char *expected = NULL;

      g_assert_cmpuint (wd_json_node_get_n_children (root), ==, sizes[i]);
      if (sizes[i] <= 101)
        {
          g_assert_cmpuint (g_list_model_get_n_items (children), ==, sizes[i]);
          continue;
        }
      g_assert_cmpuint (g_list_model_get_n_items (children), ==, 101);
      more = g_list_model_get_item (children, 100);
      g_assert_cmpint (wd_json_node_get_kind (more), ==, WD_JSON_MORE);
      g_assert_cmpuint (wd_json_node_get_n_children (more), ==, sizes[i] - 100);
      g_assert_null (wd_json_node_get_children (more));
      wd_json_node_show_all (more);
      g_assert_cmpuint (g_list_model_get_n_items (children), ==, sizes[i]);
      wd_json_node_show_all (more);
      g_assert_cmpuint (g_list_model_get_n_items (children), ==, sizes[i]);
      last = g_list_model_get_item (children, sizes[i] - 1);
      key = wd_json_node_dup_key (last);
      expected = g_strdup_printf ("%s%u", is_object ? "k" : "", sizes[i] - 1);
      g_assert_cmpstr (key, ==, expected);
      g_assert_cmpuint (wd_json_node_get_n_children (last), ==, is_object ? 1 : 0);
    }
}

/* Deeper than anybody could open is no tree, and no end of the stack either. */
static void
test_deep (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *closed = g_strnfill (100000, ']');
  g_autofree char *json = g_strconcat (open, closed, NULL);

  g_assert_null (wd_json_node_parse (json));
  g_assert_null (wd_json_node_parse (open));
}

/* Nodes keep the text alive. */
static void
test_lifetime (void)
{
  WdJsonNode *root = wd_json_node_parse ("{\"a\": {\"b\": \"c\"}}");
  g_autoptr (WdJsonNode) a = g_list_model_get_item (wd_json_node_get_children (root), 0);
  g_autoptr (GString) tree = g_string_new (NULL);

  g_object_unref (root);
  describe (tree, a);
  g_assert_cmpstr (tree->str, ==, "{b=c}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json-node/cases/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/json-node/long-array", GINT_TO_POINTER (FALSE), test_long);
  g_test_add_data_func ("/json-node/long-object", GINT_TO_POINTER (TRUE), test_long);
  g_test_add_func ("/json-node/deep", test_deep);
  g_test_add_func ("/json-node/lifetime", test_lifetime);
  return g_test_run ();
}
