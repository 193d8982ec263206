/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text of several lines from a database: selectable, never markup, cut when huge, to be copied. */

#include "app/common/wd-text-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CUT_BYTES (16 * 1024)

struct _WdTextBlock {
  GtkWidget parent_instance;

  char *text;           /* (owned) (nullable) */
  gboolean show_all;
  gboolean keep_end;    /* what is cut is the beginning */

  GtkWidget *box;
  GtkTextView *view;
  GtkWidget *copy;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (WdTextBlock, wd_text_block, GTK_TYPE_WIDGET)

/* Where to cut: at a character, at a line where the end is kept. */
static void
find_part (WdTextBlock *self, gsize length, const char **begin, gsize *shown)
{
  const char *line;

  *begin = self->text;
  *shown = length;
  if (self->show_all || length <= CUT_BYTES)
    return;
  if (!self->keep_end)
    {
      *shown = (gsize) (g_utf8_find_prev_char (self->text, self->text + CUT_BYTES) - self->text);
      return;
    }
  *begin = g_utf8_find_next_char (self->text + length - CUT_BYTES, NULL);
  line = strchr (*begin, '\n');
  if (line != NULL && line[1] != '\0')
    *begin = line + 1;
  *shown = strlen (*begin);
}

static void
update_block (WdTextBlock *self)
{
  gsize length = strlen (self->text);
  const char *begin;
  gsize shown;

  find_part (self, length, &begin, &shown);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), begin, (int) shown);
  gtk_widget_set_visible (self->more, shown < length);
  if (shown < length)
    {
      g_autofree char *size = g_format_size (length);
      g_autofree char *label = g_strdup_printf (_("Show All (%s)"), size);

      gtk_button_set_label (GTK_BUTTON (self->more), label);
    }
}

static void
more_cb (WdTextBlock *self)
{
  self->show_all = TRUE;
  update_block (self);
}

static void
copy_cb (WdTextBlock *self)
{
  if (self->text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
}

static void
wd_text_block_dispose (GObject *object)
{
  WdTextBlock *self = WD_TEXT_BLOCK (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_text_block_parent_class)->dispose (object);
}

static void
wd_text_block_finalize (GObject *object)
{
  g_free (WD_TEXT_BLOCK (object)->text);
  G_OBJECT_CLASS (wd_text_block_parent_class)->finalize (object);
}

static void
wd_text_block_class_init (WdTextBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_text_block_dispose;
  object_class->finalize = wd_text_block_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-text-block.ui");
  gtk_widget_class_bind_template_child (widget_class, WdTextBlock, box);
  gtk_widget_class_bind_template_child (widget_class, WdTextBlock, view);
  gtk_widget_class_bind_template_child (widget_class, WdTextBlock, copy);
  gtk_widget_class_bind_template_child (widget_class, WdTextBlock, more);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
wd_text_block_init (WdTextBlock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The room that the text leaves for it is on the right, whichever way the language is read. */
  gtk_widget_set_direction (self->copy, GTK_TEXT_DIR_LTR);
}

/**
 * wd_text_block_set_name:
 * @self: a block
 * @name: its accessible name
 */
void
wd_text_block_set_name (WdTextBlock *self, const char *name)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (WD_IS_TEXT_BLOCK (self));

  /* TRANSLATORS: accessible name of a button, such as “Copy wallet” */
  copy = g_strdup_printf (_("Copy %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy,
                                  -1);
  gtk_widget_set_tooltip_text (self->copy, copy);
}

/**
 * wd_text_block_set_keep_end:
 * @self: a block without a text
 * @keep_end: whether it is the beginning of huge text that is cut off, as in a log
 */
void
wd_text_block_set_keep_end (WdTextBlock *self, gboolean keep_end)
{
  g_return_if_fail (WD_IS_TEXT_BLOCK (self));

  self->keep_end = keep_end;
}

/**
 * wd_text_block_set_text:
 * @self: a block
 * @text: plain text, made visible already; the same again changes nothing, not even a selection
 */
void
wd_text_block_set_text (WdTextBlock *self, const char *text)
{
  g_return_if_fail (WD_IS_TEXT_BLOCK (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  update_block (self);
}
