/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A view as a group of a key file, which people also write by hand:
 *
 *   [Failed top-ups]
 *   page=jobs
 *   filter=status:failed type:gas-topup created:>-24h
 *   sort=created
 *   descending=true
 *   hidden=trigger;job-id;
 *   shown=duration;
 *   widths=error:320;wallet:140;
 *
 * Only the page has to be there. Columns are as in the settings: what equals the design is not
 * written, and columns nobody knows stay. */

#include "session/wd-saved-view-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

static void
read_wishes (GKeyFile *file, const char *name, const char *key, GVariantDict *dict)
{
  g_auto (GStrv) ids = g_key_file_get_string_list (file, name, key, NULL, NULL);

  if (ids != NULL)
    g_variant_dict_insert_value (dict, key, g_variant_new_strv ((const char *const *) ids, -1));
}

/* What is no width is left out, as in the settings. */
static void
read_widths (GKeyFile *file, const char *name, GVariantDict *dict)
{
  g_auto (GStrv) widths = g_key_file_get_string_list (file, name, "widths", NULL, NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; widths != NULL && widths[i] != NULL; i++)
    {
      char *colon = strrchr (widths[i], ':');
      gint64 width;

      if (colon == NULL || !g_ascii_string_to_signed (colon + 1, 10, WD_COLUMN_WIDTH_MIN,
                                                      WD_COLUMN_WIDTH_MAX, &width, NULL))
        continue;
      *colon = '\0';
      g_variant_builder_add (&builder, "{si}", widths[i], (int) width);
    }
  g_variant_dict_insert_value (dict, "widths", g_variant_builder_end (&builder));
}

static WdColumnLayout *
read_columns (GKeyFile *file, const char *name)
{
  g_autofree char *sort = g_key_file_get_string (file, name, "sort", NULL);
  g_autoptr (GVariant) variant = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  read_wishes (file, name, "shown", &dict);
  read_wishes (file, name, "hidden", &dict);
  read_widths (file, name, &dict);
  if (sort != NULL)
    g_variant_dict_insert (&dict, "sort", "(sb)", sort,
                           g_key_file_get_boolean (file, name, "descending", NULL));
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  return wd_column_layout_new (variant);
}

static char *
find_problem (const char *name, const char *page, const char *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdSavedView) view = NULL;
  const WdFilterLanguage *language = wd_saved_view_find_language (page);
  gpointer read;

  if (!wd_saved_view_check_name (name, &error))
    return g_strdup (error->message);
  if (page == NULL)
    return g_strdup (_("It does not say of which page it is"));
  if (language == NULL)
    return g_strdup_printf (_("This version has no views of a page “%s”"), page);
  if (filter != NULL && !g_utf8_validate (filter, -1, NULL))
    return g_strdup (_("Its filter is no text"));
  view = wd_saved_view_new (name, page, filter, NULL);
  read = wd_saved_view_read_filter (view, wd_time_now (), &error);
  if (read == NULL)
    return g_strdup_printf (_("Its filter is none that this version understands: %s"),
                            error->message);
  language->free (read);
  return NULL;
}

/**
 * wd_saved_view_file_read:
 * @file: the key file
 * @name: of the view's group
 *
 * Returns: (transfer full): the view; wd_saved_view_get_problem() tells what is wrong with it
 */
WdSavedView *
wd_saved_view_file_read (GKeyFile *file, const char *name)
{
  g_autofree char *page = g_key_file_get_string (file, name, "page", NULL);
  g_autofree char *filter = g_key_file_get_string (file, name, "filter", NULL);
  g_autofree char *problem = find_problem (name, page, filter);
  g_autoptr (WdColumnLayout) columns = read_columns (file, name);
  gboolean usable = wd_saved_view_find_language (page) != NULL
                    && wd_saved_view_check_name (name, NULL);

  return wd_saved_view_new_broken (name, usable ? page : NULL, filter, columns, problem);
}

static void
write_wishes (GKeyFile *file, const char *name, const char *key, GVariant *columns)
{
  g_autoptr (GVariant) ids = g_variant_lookup_value (columns, key, G_VARIANT_TYPE ("as"));
  g_autofree const char **strv = NULL;
  gsize length;

  if (ids == NULL)
    {
      g_key_file_remove_key (file, name, key, NULL);
      return;
    }
  strv = g_variant_get_strv (ids, &length);
  g_key_file_set_string_list (file, name, key, strv, length);
}

static void
write_widths (GKeyFile *file, const char *name, GVariant *columns)
{
  g_autoptr (GVariant) widths =
    g_variant_lookup_value (columns, "widths", G_VARIANT_TYPE ("a{si}"));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  const char *id;
  int width;

  if (widths == NULL)
    {
      g_key_file_remove_key (file, name, "widths", NULL);
      return;
    }
  g_variant_iter_init (&iter, widths);
  while (g_variant_iter_next (&iter, "{&si}", &id, &width))
    g_ptr_array_add (texts, g_strdup_printf ("%s:%d", id, width));
  g_key_file_set_string_list (file, name, "widths", (const char *const *) texts->pdata,
                              texts->len);
}

/**
 * wd_saved_view_file_write:
 * @file: the key file
 * @view: a view with a page
 *
 * Sets the view's group; comments and keys of later versions stay.
 */
void
wd_saved_view_file_write (GKeyFile *file, WdSavedView *view)
{
  WdColumnLayout *layout = wd_saved_view_get_columns (view);
  g_autoptr (GVariant) columns = g_variant_ref_sink (wd_column_layout_to_variant (layout));
  const char *name = wd_saved_view_get_name (view);
  gboolean descending;
  const char *sort = wd_column_layout_get_sort (layout, &descending);

  g_key_file_set_string (file, name, "page", wd_saved_view_get_page (view));
  g_key_file_set_string (file, name, "filter", wd_saved_view_get_filter (view));
  if (sort != NULL)
    {
      g_key_file_set_string (file, name, "sort", sort);
      g_key_file_set_boolean (file, name, "descending", descending);
    }
  else
    {
      g_key_file_remove_key (file, name, "sort", NULL);
      g_key_file_remove_key (file, name, "descending", NULL);
    }
  write_wishes (file, name, "shown", columns);
  write_wishes (file, name, "hidden", columns);
  write_widths (file, name, columns);
}
