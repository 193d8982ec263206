/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Captions and values below each other. Values can be selected and copied; set again they change
 * in place, so a selection survives a refresh that brings the same. */

#include "app/common/wd-field-list.h"

#include <glib/gi18n-lib.h>

struct _WdFieldList {
  GtkWidget parent_instance;

  GtkGrid *grid;
  GHashTable *values;   /* (owned) (element-type utf8 GtkLabel): by caption */
  int n_rows;
};

G_DEFINE_FINAL_TYPE (WdFieldList, wd_field_list, GTK_TYPE_WIDGET)

static void
copy_cb (GtkButton *button, GtkLabel *value)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)),
                          gtk_label_get_text (value));
}

static void
add_copy_button (WdFieldList *self, const char *caption, GtkLabel *value)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* TRANSLATORS: accessible name of a button, such as “Copy wallet” */
  g_autofree char *name = g_strdup_printf (_("Copy %s"), caption);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "field-copy");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), value, 0);
  gtk_grid_attach (self->grid, button, 2, self->n_rows, 1, 1);
}

static GtkLabel *
add_field (WdFieldList *self, const char *caption, WdFieldFlags flags)
{
  GtkWidget *label = gtk_label_new (caption);
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_grid_attach (self->grid, label, 0, self->n_rows, 1, 1);
  gtk_grid_attach (self->grid, value, 1, self->n_rows, 1, 1);
  if (flags & WD_FIELD_IDENTITY)
    {
      gtk_widget_add_css_class (value, "monospace");
      gtk_widget_add_css_class (value, "identity");
      add_copy_button (self, caption, GTK_LABEL (value));
    }
  g_hash_table_insert (self->values, g_strdup (caption), value);
  self->n_rows++;
  return GTK_LABEL (value);
}

static void
wd_field_list_dispose (GObject *object)
{
  WdFieldList *self = WD_FIELD_LIST (object);

  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (wd_field_list_parent_class)->dispose (object);
}

static void
wd_field_list_finalize (GObject *object)
{
  g_hash_table_unref (WD_FIELD_LIST (object)->values);
  G_OBJECT_CLASS (wd_field_list_parent_class)->finalize (object);
}

static void
wd_field_list_class_init (WdFieldListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_field_list_dispose;
  object_class->finalize = wd_field_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_field_list_init (WdFieldList *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

/**
 * wd_field_list_set:
 * @self: a list
 * @caption: what @value is, translated; adds a field when it is new
 * @value: (nullable): plain text, made visible already
 * @flags: how it looks; those of the first call hold
 */
void
wd_field_list_set (WdFieldList *self, const char *caption, const char *value, WdFieldFlags flags)
{
  GtkLabel *label;

  g_return_if_fail (WD_IS_FIELD_LIST (self));

  label = g_hash_table_lookup (self->values, caption);
  if (label == NULL)
    label = add_field (self, caption, flags);
  if (value == NULL)
    value = "—";
  if (g_strcmp0 (gtk_label_get_text (label), value) != 0)
    gtk_label_set_text (label, value);
}
