/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-data-test.h"

/**
 * wd_data_test_new:
 * @path: (array zero-terminated=1): where, copied
 * @op: how it compares
 * @value: with what, copied
 *
 * Returns: (transfer full): a condition
 */
WdDataTest *
wd_data_test_new (char **path, WdFilterOp op, const char *value)
{
  WdDataTest *self = g_new0 (WdDataTest, 1);

  self->path = g_strdupv (path);
  self->op = op;
  self->value = g_strdup (value);
  return self;
}

/**
 * wd_data_test_free:
 * @self: (transfer full): a condition
 */
void
wd_data_test_free (WdDataTest *self)
{
  g_strfreev (self->path);
  g_free (self->value);
  g_free (self);
}

static gpointer
copy_test (gconstpointer test, gpointer data)
{
  const WdDataTest *self = test;

  return wd_data_test_new (self->path, self->op, self->value);
}

/**
 * wd_data_tests_copy:
 * @tests: (nullable) (element-type WdDataTest): conditions
 *
 * Returns: (transfer full) (nullable) (element-type WdDataTest): the same by themselves
 */
GPtrArray *
wd_data_tests_copy (GPtrArray *tests)
{
  GPtrArray *copy;

  if (tests == NULL)
    return NULL;
  copy = g_ptr_array_copy (tests, copy_test, NULL);
  g_ptr_array_set_free_func (copy, (GDestroyNotify) wd_data_test_free);
  return copy;
}

/**
 * wd_data_tests_equal:
 * @a: (nullable) (element-type WdDataTest): conditions
 * @b: (nullable) (element-type WdDataTest): others; none is as good as %NULL
 *
 * Returns: whether both ask for the same in the same words and order
 */
gboolean
wd_data_tests_equal (GPtrArray *a, GPtrArray *b)
{
  guint n_a = a != NULL ? a->len : 0, n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    {
      const WdDataTest *one = a->pdata[i], *other = b->pdata[i];

      if (one->op != other->op || g_strcmp0 (one->value, other->value) != 0
          || !g_strv_equal ((const char *const *) one->path, (const char *const *) other->path))
        return FALSE;
    }
  return TRUE;
}
