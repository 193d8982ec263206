/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be typed next, and what is wrong with what was. The focus stays in the entry that this
 * hangs below, so that typing goes on. */

#include "app/common/wd-filter-choices.h"

#include "app/common/wd-press-guard.h"
#include "base/wd-format.h"

#define HELP_CHARS 40

/* More are found by typing on. */
#define MAX_CHOICES 14

struct _WdFilterChoices {
  GtkPopover parent_instance;

  const WdFilterField *fields; /* (nullable): without them there are no choices */
  gsize n_fields;
  char *qualifier;             /* (owned) (nullable): whose @words are known */
  char **words;                /* (owned) (nullable) */
  GPtrArray *choices;          /* (owned) (element-type WdFilterChoice): as last looked for */
  GPtrArray *shown;            /* (owned) (element-type WdFilterChoice): those in the list */

  GtkLabel *message;
  GtkListBox *list;
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdFilterChoices, wd_filter_choices, GTK_TYPE_POPOVER)

static void
row_activated_cb (WdFilterChoices *self, GtkListBoxRow *row)
{
  const WdFilterChoice *choice = self->shown->pdata[gtk_list_box_row_get_index (row)];

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, choice->text);
}

static GtkWidget *
new_row (const WdFilterChoice *choice)
{
  g_autofree char *shown = wd_format_visible (choice->text, 64);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_label_new (g_strchomp (shown));
  GtkWidget *help = gtk_label_new (choice->help);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_xalign (GTK_LABEL (help), 1);
  gtk_label_set_ellipsize (GTK_LABEL (help), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (help), HELP_CHARS);
  gtk_widget_add_css_class (help, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), help);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, choice->help, -1);
  return row;
}

static void
wd_filter_choices_finalize (GObject *object)
{
  WdFilterChoices *self = WD_FILTER_CHOICES (object);

  g_free (self->qualifier);
  g_strfreev (self->words);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (wd_filter_choices_parent_class)->finalize (object);
}

static void
wd_filter_choices_class_init (WdFilterChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_filter_choices_finalize;

  /**
   * WdFilterChoices::chosen:
   * @text: what to write
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", WD_TYPE_FILTER_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-filter-choices.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFilterChoices, message);
  gtk_widget_class_bind_template_child (widget_class, WdFilterChoices, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wd_filter_choices_init (WdFilterChoices *self)
{
  self->choices = g_ptr_array_new ();
  self->shown = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_press_guard_install (GTK_POPOVER (self), self->list);
}

/**
 * wd_filter_choices_new:
 *
 * Returns: (transfer floating): choices without any, closed
 */
WdFilterChoices *
wd_filter_choices_new (void)
{
  return g_object_new (WD_TYPE_FILTER_CHOICES, NULL);
}

/**
 * wd_filter_choices_set_fields:
 * @self: choices
 * @fields: (nullable) (array length=n_fields): what may be asked for; static
 * @n_fields: how many
 */
void
wd_filter_choices_set_fields (WdFilterChoices *self, const WdFilterField *fields, gsize n_fields)
{
  g_return_if_fail (WD_IS_FILTER_CHOICES (self));

  self->fields = fields;
  self->n_fields = n_fields;
}

/**
 * wd_filter_choices_set_known:
 * @self: choices
 * @qualifier: a qualifier whose words only the database knows
 * @words: (array zero-terminated=1): those, copied
 */
void
wd_filter_choices_set_known (WdFilterChoices *self, const char *qualifier, char **words)
{
  g_return_if_fail (WD_IS_FILTER_CHOICES (self));

  g_free (self->qualifier);
  self->qualifier = g_strdup (qualifier);
  g_strfreev (self->words);
  self->words = g_strdupv (words);
}

/**
 * wd_filter_choices_look:
 * @self: choices
 * @text: the line so far
 * @cursor: the byte before which the cursor stands
 * @piece: (out): what a choice replaces
 *
 * Looks what may stand there, and shows nothing yet.
 *
 * Returns: how many choices there are
 */
guint
wd_filter_choices_look (WdFilterChoices *self, const char *text, gsize cursor, WdTextSpan *piece)
{
  const WdFilterWords known = { self->qualifier, (const char *const *) self->words };

  g_return_val_if_fail (WD_IS_FILTER_CHOICES (self), 0);

  if (self->fields == NULL)
    return 0;
  g_ptr_array_unref (self->choices);
  self->choices = wd_filter_complete (self->fields, self->n_fields,
                                      self->qualifier != NULL ? &known : NULL, text, cursor,
                                      piece);
  return self->choices->len;
}

/**
 * wd_filter_choices_show:
 * @self: choices
 * @message: (nullable): what is wrong
 *
 * Shows what was found, and @message above. Nothing is selected then. With neither a choice nor a
 * message it closes.
 */
void
wd_filter_choices_show (WdFilterChoices *self, const char *message)
{
  GtkListBoxRow *row;

  g_return_if_fail (WD_IS_FILTER_CHOICES (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_unref (self->shown);
  self->shown = g_ptr_array_ref (self->choices);
  for (guint i = 0; i < MIN (self->shown->len, MAX_CHOICES); i++)
    gtk_list_box_append (self->list, new_row (self->shown->pdata[i]));
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->shown->len > 0);
  gtk_list_box_unselect_all (self->list);
  if (self->shown->len > 0 || message != NULL)
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

/**
 * wd_filter_choices_move:
 * @self: choices
 * @step: 1 for the next one, -1 for the one before; there is none selected before the first
 */
void
wd_filter_choices_move (WdFilterChoices *self, int step)
{
  GtkListBoxRow *row;
  int index;

  g_return_if_fail (WD_IS_FILTER_CHOICES (self));

  row = gtk_list_box_get_selected_row (self->list);
  index = (row != NULL ? gtk_list_box_row_get_index (row) : -1) + step;
  if (index < 0)
    {
      gtk_list_box_unselect_all (self->list);
      return;
    }
  row = gtk_list_box_get_row_at_index (self->list, index);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

/**
 * wd_filter_choices_get_selected:
 * @self: choices
 *
 * Returns: (transfer none) (nullable): what the selected one writes, while they are open
 */
const char *
wd_filter_choices_get_selected (WdFilterChoices *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (WD_IS_FILTER_CHOICES (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return NULL;
  return ((WdFilterChoice *) self->shown->pdata[gtk_list_box_row_get_index (row)])->text;
}
