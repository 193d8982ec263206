/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Selected rows as text for other programs. */

#include "app/common/wd-copy.h"

#include "base/wd-format.h"
#include "session/wd-row.h"

#define MAX_BYTES 4096

/**
 * wd_copy_rows:
 * @rows: (element-type WdRow): what to copy
 * @fields: (array length=n_fields): what each line says; a field may return %NULL
 * @n_fields: how many
 *
 * Returns: (transfer full): a line for each row, its fields parted by tabs; what is in them cannot
 *   part them
 */
char *
wd_copy_rows (GPtrArray *rows, const WdCopyField *fields, guint n_fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      gconstpointer record = wd_row_get_record (rows->pdata[i]);

      if (record == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      for (guint field = 0; field < n_fields; field++)
        {
          g_autofree char *value = fields[field] (record);
          g_autofree char *visible = value != NULL ? wd_format_visible (value, MAX_BYTES) : NULL;

          g_string_append_printf (text, "%s%s", field > 0 ? "\t" : "",
                                  visible != NULL ? visible : "");
        }
    }
  return g_string_free (text, FALSE);
}

/**
 * wd_copy_lines:
 * @rows: (element-type WdRow): what to copy
 * @field: what to copy of each
 *
 * Returns: (transfer full): a line for each row that has it, each text once
 */
char *
wd_copy_lines (GPtrArray *rows, WdCopyField field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      gconstpointer record = wd_row_get_record (rows->pdata[i]);
      char *value = record != NULL ? field (record) : NULL;

      if (value == NULL || !g_hash_table_add (seen, value))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", value);
    }
  return g_string_free (text, FALSE);
}

/**
 * wd_copy_csv:
 * @rows: (element-type WdRow): what to copy, each with its record
 * @fields: of their records
 *
 * Returns: (transfer full): a table with a header, as exports have it
 */
char *
wd_copy_csv (GPtrArray *rows, const WdWireField *fields)
{
  GString *text = g_string_new (NULL);

  wd_wire_fields_csv_header (text, fields);
  for (guint i = 0; i < rows->len; i++)
    wd_wire_fields_csv_row (text, fields, wd_row_get_record (rows->pdata[i]));
  return g_string_free (text, FALSE);
}

/**
 * wd_copy_json:
 * @rows: (element-type WdRow): what to copy, each with its record
 * @fields: of their records
 *
 * Returns: (transfer full): a JSON array of them, or the only one by itself
 */
char *
wd_copy_json (GPtrArray *rows, const WdWireField *fields)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  if (rows->len != 1)
    wd_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_fields_members (writer, fields, wd_row_get_record (rows->pdata[i]));
      wd_json_writer_end_object (writer);
    }
  if (rows->len != 1)
    wd_json_writer_end_array (writer);
  return wd_json_writer_finish (writer);
}

/**
 * wd_copy_set:
 * @widget: a widget on the display whose clipboard it is
 * @text: what can be pasted then
 */
void
wd_copy_set (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}
