/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of the guide as widgets: its text is selectable, its code is to be copied. */

#include "app/help/wd-help-view.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text-block.h"

struct _WdHelpView {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkGrid *table;         /* (nullable): the one that rows are added to */
  GHashTable *sections;   /* (owned): of their headings, by id */
};

enum {
  FOLLOW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdHelpView, wd_help_view, GTK_TYPE_WIDGET)

static gboolean
link_cb (WdHelpView *self, const char *target)
{
  g_signal_emit (self, signals[FOLLOW], 0, target);
  return TRUE;
}

static GtkWidget *
make_text (WdHelpView *self, const char *markup, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (link_cb), self, G_CONNECT_SWAPPED);
  return label;
}

static GtkWidget *
make_point (WdHelpView *self, const char *mark, const char *markup)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (mark);

  gtk_label_set_width_chars (GTK_LABEL (label), 2);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), make_text (self, markup, NULL));
  return row;
}

static GtkWidget *
make_code (const char *text)
{
  GtkWidget *block = g_object_new (WD_TYPE_TEXT_BLOCK, NULL);

  /* TRANSLATORS: lines of code in the help; also in “Copy code” */
  wd_text_block_set_name (WD_TEXT_BLOCK (block), _("code"));
  wd_text_block_set_text (WD_TEXT_BLOCK (block), text);
  return block;
}

static GtkWidget *
make_note (WdHelpView *self, const char *markup)
{
  GtkWidget *label = make_text (self, markup, "help-note");

  gtk_widget_add_css_class (label, "card");
  return label;
}

static void
add_row (WdHelpView *self, const WdHelpBlock *block)
{
  if (block->number == 0)
    {
      self->table = GTK_GRID (gtk_grid_new ());
      gtk_grid_set_column_spacing (self->table, 18);
      gtk_grid_set_row_spacing (self->table, 6);
      wd_help_view_add (self, GTK_WIDGET (self->table));
    }
  for (guint i = 0; i < block->cells->len; i++)
    gtk_grid_attach (self->table,
                     make_text (self, block->cells->pdata[i],
                                block->number == 0 ? "heading" : NULL),
                     (int) i, (int) block->number, 1, 1);
}

static void
add_block (WdHelpView *self, const WdHelpBlock *block)
{
  g_autofree char *number = NULL;
  GtkWidget *heading;

  switch (block->kind)
    {
    case WD_HELP_HEADING:
      heading = make_text (self, block->text, "title-3");
      gtk_widget_set_margin_top (heading, 12);
      wd_help_view_add (self, heading);
      if (block->id != NULL)
        g_hash_table_insert (self->sections, g_strdup (block->id), heading);
      break;
    case WD_HELP_PARAGRAPH:
      wd_help_view_add (self, make_text (self, block->text, NULL));
      break;
    case WD_HELP_ITEM:
      wd_help_view_add (self, make_point (self, "•", block->text));
      break;
    case WD_HELP_STEP:
      number = g_strdup_printf ("%u.", block->number);
      wd_help_view_add (self, make_point (self, number, block->text));
      break;
    case WD_HELP_NOTE:
      wd_help_view_add (self, make_note (self, block->text));
      break;
    case WD_HELP_CODE:
      wd_help_view_add (self, make_code (block->text));
      break;
    case WD_HELP_ROW:
      add_row (self, block);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
wd_help_view_dispose (GObject *object)
{
  WdHelpView *self = WD_HELP_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_help_view_parent_class)->dispose (object);
}

static void
wd_help_view_finalize (GObject *object)
{
  g_hash_table_unref (WD_HELP_VIEW (object)->sections);
  G_OBJECT_CLASS (wd_help_view_parent_class)->finalize (object);
}

static void
wd_help_view_class_init (WdHelpViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_help_view_dispose;
  object_class->finalize = wd_help_view_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);

  /**
   * WdHelpView::follow:
   * @self: a view
   * @target: the page that a link leads to, with “#” and a section if it names one
   */
  signals[FOLLOW] = g_signal_new ("follow", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wd_help_view_init (WdHelpView *self)
{
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * wd_help_view_new:
 * @page: what to show
 *
 * Returns: (transfer floating): a view of it, without its title
 */
GtkWidget *
wd_help_view_new (const WdHelpPage *page)
{
  WdHelpView *self = g_object_new (WD_TYPE_HELP_VIEW, NULL);

  g_return_val_if_fail (page != NULL, GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, page->title,
                                  -1);
  for (guint i = 0; i < page->blocks->len; i++)
    add_block (self, page->blocks->pdata[i]);
  return GTK_WIDGET (self);
}

/**
 * wd_help_view_add:
 * @self: a view
 * @widget: (transfer floating): what to show below all else
 */
void
wd_help_view_add (WdHelpView *self, GtkWidget *widget)
{
  g_return_if_fail (WD_IS_HELP_VIEW (self));

  gtk_box_append (GTK_BOX (self->box), widget);
}

/**
 * wd_help_view_find:
 * @self: a view
 * @section: the id of a section
 *
 * Returns: (transfer none) (nullable): its heading
 */
GtkWidget *
wd_help_view_find (WdHelpView *self, const char *section)
{
  g_return_val_if_fail (WD_IS_HELP_VIEW (self), NULL);

  return g_hash_table_lookup (self->sections, section);
}
