/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All that is known of one scheduler. */

#include "app/queues/wd-scheduler-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-field-list.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/queues/wd-scheduler-columns.h"
#include "base/wd-format.h"
#include "base/wd-json-pretty.h"

struct _WdSchedulerView {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *oddity;
  WdFieldList *fields;
  GtkLabel *data_title;
  WdTextBlock *data;
  GtkLabel *options_title;
  WdTextBlock *options;
};

G_DEFINE_FINAL_TYPE (WdSchedulerView, wd_scheduler_view, GTK_TYPE_WIDGET)

static void
set_field (WdSchedulerView *self, const char *caption, const char *value, WdFieldFlags flags)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, 512) : NULL;

  wd_field_list_set (self->fields, caption, visible, flags);
  wd_field_list_set_visible (self->fields, caption, value != NULL);
}

static void
set_time (WdSchedulerView *self, const char *caption, WdTime time)
{
  g_autofree char *text = time != WD_TIME_NONE ? wd_text_time (time) : NULL;

  set_field (self, caption, text, WD_FIELD_PLAIN);
}

/* @size: of the whole, which may have been cut */
static void
set_block (GtkLabel *title, WdTextBlock *block, const char *json, gint64 size)
{
  g_autofree char *pretty = json != NULL && (gint64) strlen (json) >= size
                              ? wd_json_pretty (json) : g_strdup (json);
  g_autofree char *text = wd_text_block (pretty != NULL ? pretty : json != NULL ? json : "");

  wd_text_block_set_text (block, text);
  gtk_widget_set_visible (GTK_WIDGET (title), *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (block), *text != '\0');
}

static void
wd_scheduler_view_dispose (GObject *object)
{
  WdSchedulerView *self = WD_SCHEDULER_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_scheduler_view_parent_class)->dispose (object);
}

static void
wd_scheduler_view_class_init (WdSchedulerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_scheduler_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (WdSchedulerView *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static WdTextBlock *
add_block (WdSchedulerView *self, const char *name)
{
  WdTextBlock *block = g_object_new (WD_TYPE_TEXT_BLOCK, NULL);

  wd_text_block_set_name (block, name);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (block));
  return block;
}

static void
wd_scheduler_view_init (WdSchedulerView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->oddity = add_label (self, NULL, "heading");
  self->fields = g_object_new (WD_TYPE_FIELD_LIST, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->fields));
  self->data_title = add_label (self, _("Data of Its Jobs"), "heading");
  self->data = add_block (self, _("Data of its jobs"));
  self->options_title = add_label (self, _("Options of Its Jobs"), "heading");
  self->options = add_block (self, _("Options of its jobs"));
}

/**
 * wd_scheduler_view_show:
 * @self: a view
 * @scheduler: what to show
 * @page: that it is of
 */
void
wd_scheduler_view_show (WdSchedulerView *self, const WdScheduler *scheduler,
                        const WdSchedulerPage *page)
{
  g_autofree char *oddity = wd_scheduler_describe_oddity (scheduler, page);
  g_autofree char *schedule = wd_scheduler_describe_schedule (scheduler);
  g_autofree char *iterations = wd_scheduler_columns_iterations (scheduler);

  g_return_if_fail (WD_IS_SCHEDULER_VIEW (self));

  gtk_label_set_text (self->oddity, oddity != NULL ? oddity : "");
  gtk_widget_set_visible (GTK_WIDGET (self->oddity), oddity != NULL);
  set_field (self, _("Scheduler"), scheduler->key, WD_FIELD_IDENTITY);
  set_field (self, _("Jobs"), scheduler->name, WD_FIELD_PLAIN);
  set_field (self, _("When"), schedule, WD_FIELD_PLAIN);
  set_field (self, _("Pattern"), scheduler->pattern, WD_FIELD_IDENTITY);
  set_field (self, _("Time zone"), scheduler->pattern == NULL ? NULL
                                   : scheduler->tz != NULL    ? scheduler->tz
                                                              : _("that of the workers"),
             WD_FIELD_PLAIN);
  set_time (self, _("Begins"), scheduler->start);
  set_time (self, _("Ends"), scheduler->end);
  set_time (self, _("Next"), wd_scheduler_get_next (scheduler));
  set_time (self, _("Last"), scheduler->last);
  set_field (self, _("Iterations"), iterations, WD_FIELD_PLAIN);
  set_field (self, _("Next job"), scheduler->job_id, WD_FIELD_IDENTITY);
  set_block (self->data_title, self->data, scheduler->data, scheduler->data_size);
  set_block (self->options_title, self->options, scheduler->options, scheduler->options_size);
}
