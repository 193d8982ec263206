/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Captions and values below each other. Values can be selected and copied; set again they change
 * in place, so a selection survives a refresh that brings the same. */

#include "app/common/wd-field-list.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget *caption;
  GtkWidget *line;     /* the value and its buttons */
  GtkLabel *label;
  GtkWidget *buttons;
  GtkWidget *copy;     /* (nullable) */
  GtkWidget *link;     /* (nullable): leads to what the value names */
  char *whole;         /* (owned) (nullable): what is copied, where that is not what is shown */
} Field;

struct _WdFieldList {
  GtkWidget parent_instance;

  GtkGrid *grid;
  GHashTable *fields;   /* (owned) (element-type utf8 Field): by caption */
  GtkSizeGroup *captions; /* (owned) (nullable): of several lists */
  int n_rows;
};

G_DEFINE_FINAL_TYPE (WdFieldList, wd_field_list, GTK_TYPE_WIDGET)

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->whole);
  g_free (field);
}

static void
copy_cb (WdFieldList *self, GtkWidget *button)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Field *field = value;

      if (field->copy == button)
        gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                                field->whole != NULL ? field->whole
                                                     : gtk_label_get_text (field->label));
    }
}

static GtkWidget *
add_button (Field *field, const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "field-copy");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (field->buttons), button);
  return button;
}

static void
add_copy_button (WdFieldList *self, Field *field, const char *caption)
{
  /* TRANSLATORS: accessible name of a button, such as “Copy wallet” */
  g_autofree char *name = g_strdup_printf (_("Copy %s"), caption);

  field->copy = add_button (field, "edit-copy-symbolic", name);
  g_signal_connect_object (field->copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
}

static Field *
add_field (WdFieldList *self, const char *caption, WdFieldFlags flags)
{
  GtkWidget *label = gtk_label_new (caption);
  GtkWidget *value = gtk_label_new (NULL);
  Field *field = g_new0 (Field, 1);

  field->caption = label;
  field->label = GTK_LABEL (value);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  label, NULL, -1);
  if (self->captions != NULL)
    gtk_size_group_add_widget (self->captions, label);
  gtk_grid_attach (self->grid, label, 0, self->n_rows, 1, 1);
  field->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_valign (field->line, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (field->line), value);
  gtk_grid_attach (self->grid, field->line, 1, self->n_rows, 1, 1);
  if (flags & WD_FIELD_IDENTITY)
    {
      gtk_widget_add_css_class (value, "monospace");
      gtk_widget_add_css_class (value, "identity");
    }
  field->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (field->buttons, TRUE);
  gtk_box_append (GTK_BOX (field->line), field->buttons);
  if (flags & (WD_FIELD_IDENTITY | WD_FIELD_COPY))
    add_copy_button (self, field, caption);
  g_hash_table_insert (self->fields, g_strdup (caption), field);
  self->n_rows++;
  return field;
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
  g_hash_table_unref (WD_FIELD_LIST (object)->fields);
  g_clear_object (&WD_FIELD_LIST (object)->captions);
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
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, field_free);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

/**
 * wd_field_list_set_captions:
 * @self: a list without fields
 * @captions: (nullable): a horizontal group that other lists are in, too
 *
 * Lets the values of all of them begin in one place.
 */
void
wd_field_list_set_captions (WdFieldList *self, GtkSizeGroup *captions)
{
  g_return_if_fail (WD_IS_FIELD_LIST (self));

  g_set_object (&self->captions, captions);
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
  wd_field_list_set_whole (self, caption, value, NULL, flags);
}

/**
 * wd_field_list_set_whole:
 * @self: a list
 * @caption: what @value is, translated; adds a field when it is new
 * @value: (nullable): plain text, made visible already
 * @whole: (nullable): what @value is short for, likewise: stands in the tooltip and is copied
 * @flags: how it looks; those of the first call hold
 */
void
wd_field_list_set_whole (WdFieldList *self, const char *caption, const char *value,
                         const char *whole, WdFieldFlags flags)
{
  Field *field;

  g_return_if_fail (WD_IS_FIELD_LIST (self));

  field = g_hash_table_lookup (self->fields, caption);
  if (field == NULL)
    field = add_field (self, caption, flags);
  if (g_strcmp0 (field->whole, whole) != 0)
    {
      g_free (field->whole);
      field->whole = g_strdup (whole);
      gtk_widget_set_tooltip_text (GTK_WIDGET (field->label), whole);
    }
  /* There is nothing to copy in a dash. */
  if (field->copy != NULL)
    gtk_widget_set_visible (field->copy, value != NULL);
  if (value == NULL)
    value = "—";
  if (g_strcmp0 (gtk_label_get_text (field->label), value) != 0)
    gtk_label_set_text (field->label, value);
}

/**
 * wd_field_list_set_link:
 * @self: a list
 * @caption: of a field that has been set
 * @name: of the button
 * @action: what it does
 * @target: (nullable): with what; %NULL hides the button
 *
 * Gives a field a button that leads to what its value names.
 */
void
wd_field_list_set_link (WdFieldList *self, const char *caption, const char *name,
                        const char *action, const char *target)
{
  Field *field;

  g_return_if_fail (WD_IS_FIELD_LIST (self));

  field = g_hash_table_lookup (self->fields, caption);
  g_return_if_fail (field != NULL);
  if (field->link == NULL)
    field->link = add_button (field, "go-next-symbolic", name);
  gtk_widget_set_visible (field->link, target != NULL);
  if (target == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (field->link), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (field->link), action);
}

/**
 * wd_field_list_set_visible:
 * @self: a list
 * @caption: of a field that has been set
 * @visible: whether there is anything to say about it
 */
void
wd_field_list_set_visible (WdFieldList *self, const char *caption, gboolean visible)
{
  Field *field;

  g_return_if_fail (WD_IS_FIELD_LIST (self));

  field = g_hash_table_lookup (self->fields, caption);
  g_return_if_fail (field != NULL);
  gtk_widget_set_visible (field->caption, visible);
  gtk_widget_set_visible (field->line, visible);
}
