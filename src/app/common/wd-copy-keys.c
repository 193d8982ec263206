/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys that copy the selected rows of a plain table, as those of the lists do: as text, as a
 * table, or as JSON. */

#include "app/common/wd-copy-keys.h"

#include "app/common/wd-copy.h"
#include "base/wd-csv.h"
#include "base/wd-format.h"
#include "session/wd-row.h"

#define MAX_BYTES 4096

static gconstpointer
get_record (const WdCopyKind *kind, gpointer item)
{
  return kind->get_record != NULL ? kind->get_record (item) : wd_row_get_record (item);
}

/* Returns: (transfer full) (element-type GObject): what is selected, from top to bottom */
static GPtrArray *
dup_selected (GtkWidget *view)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (model);
  GtkBitsetIter iter;
  guint i;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &i); more;
       more = gtk_bitset_iter_next (&iter, &i))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), i));
  return items;
}

static void
append_line (GString *text, const WdCopyKind *kind, gconstpointer record)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  for (guint i = 0; i < kind->n_columns; i++)
    {
      g_autofree char *value = kind->columns[i].get (record);
      /* What is in it cannot part them. */
      g_autofree char *visible = value != NULL ? wd_format_visible (value, MAX_BYTES) : NULL;

      g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", visible != NULL ? visible : "");
    }
}

static gboolean
copy_text_cb (GtkWidget *view, GVariant *arguments, gpointer data)
{
  const WdCopyKind *kind = data;
  g_autoptr (GPtrArray) items = dup_selected (view);
  g_autoptr (GString) text = g_string_new (NULL);

  if (items->len == 0)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    append_line (text, kind, get_record (kind, items->pdata[i]));
  wd_copy_set (view, text->str);
  return TRUE;
}

static void
append_cells (GString *text, const WdCopyKind *kind, gconstpointer record)
{
  for (guint i = 0; i < kind->n_columns; i++)
    {
      g_autofree char *value = record != NULL ? kind->columns[i].get (record) : NULL;

      if (i > 0)
        wd_csv_append_next (text);
      wd_csv_append_text (text, record != NULL ? value : kind->columns[i].name);
    }
  wd_csv_append_end (text);
}

static gboolean
copy_csv_cb (GtkWidget *view, GVariant *arguments, gpointer data)
{
  const WdCopyKind *kind = data;
  g_autoptr (GPtrArray) items = dup_selected (view);
  g_autoptr (GString) text = g_string_new (NULL);

  if (items->len == 0)
    return FALSE;
  append_cells (text, kind, NULL);
  for (guint i = 0; i < items->len; i++)
    append_cells (text, kind, get_record (kind, items->pdata[i]));
  wd_copy_set (view, text->str);
  return TRUE;
}

static gboolean
copy_json_cb (GtkWidget *view, GVariant *arguments, gpointer data)
{
  const WdCopyKind *kind = data;
  g_autoptr (GPtrArray) items = dup_selected (view);
  g_autofree char *text = NULL;
  WdJsonWriter *writer;

  if (items->len == 0)
    return FALSE;
  writer = wd_json_writer_new ();
  if (items->len != 1)
    wd_json_writer_begin_array (writer);
  for (guint i = 0; i < items->len; i++)
    {
      wd_json_writer_begin_object (writer);
      kind->write (writer, get_record (kind, items->pdata[i]));
      wd_json_writer_end_object (writer);
    }
  if (items->len != 1)
    wd_json_writer_end_array (writer);
  text = wd_json_writer_finish (writer);
  wd_copy_set (view, text);
  return TRUE;
}

/**
 * wd_copy_keys_add:
 * @view: a table
 * @kind: how its records are copied; must outlive it
 *
 * Ctrl+C copies what is selected as text, with Shift as a table, and Ctrl+Shift+J as JSON.
 */
void
wd_copy_keys_add (GtkColumnView *view, const WdCopyKind *kind)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc copy;
  } keys[] = {
    { GDK_KEY_c, GDK_CONTROL_MASK, copy_text_cb },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, copy_csv_cb },
    { GDK_KEY_j, GDK_CONTROL_MASK | GDK_SHIFT_MASK, copy_json_cb },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                        gtk_callback_action_new (keys[i].copy, (gpointer) kind, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (view), controller);
}
