/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-scheduler.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"
#include "model/wd-cron-words.h"

/* A job that is due so long ago is late: workers look every few seconds. */
#define LATE_US (15 * G_USEC_PER_SEC)
/* And one that waits in a list may have others before it. */
#define BEHIND_US (60 * G_USEC_PER_SEC)

#define WORD_LENGTH 8

static void
clear_scheduler (gpointer data)
{
  WdScheduler *self = data;

  g_free (self->key);
  g_free (self->name);
  g_free (self->pattern);
  g_free (self->tz);
  g_free (self->data);
  g_free (self->options);
  g_free (self->job_id);
  g_free (self->job_state);
  g_free (self->digest);
}

WD_DEFINE_RECORD (WdScheduler, wd_scheduler, clear_scheduler)

static void
clear_page (gpointer data)
{
  WdSchedulerPage *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->cursor);
  g_free (self->layout);
}

WD_DEFINE_RECORD (WdSchedulerPage, wd_scheduler_page, clear_page)

static void
unref_scheduler (gpointer scheduler)
{
  wd_scheduler_unref (scheduler);
}

/**
 * wd_scheduler_page_create:
 *
 * Returns: (transfer full): a page without schedulers, to be filled
 */
WdSchedulerPage *
wd_scheduler_page_create (void)
{
  WdSchedulerPage *self = wd_scheduler_page_new ();

  self->items = g_ptr_array_new_with_free_func (unref_scheduler);
  self->workers = -1;
  return self;
}

/**
 * wd_scheduler_state_word:
 * @state: how a scheduler goes on
 *
 * Returns: (transfer none): the word of documents
 */
const char *
wd_scheduler_state_word (WdSchedulerState state)
{
  static const char *const words[] = {
    [WD_SCHEDULER_DELAYED] = "delayed", [WD_SCHEDULER_WAITING] = "waiting",
    [WD_SCHEDULER_ACTIVE] = "active",   [WD_SCHEDULER_ENDED] = "ended",
    [WD_SCHEDULER_BROKEN] = "broken",   [WD_SCHEDULER_UNKNOWN] = "unknown",
  };

  return words[state];
}

/**
 * wd_scheduler_get_word:
 * @self: a scheduler
 *
 * Returns: (transfer full): what confirms that this scheduler is meant, as it is defined now
 */
char *
wd_scheduler_get_word (const WdScheduler *self)
{
  return g_strndup (self->digest, WORD_LENGTH);
}

static char *
describe_every (gint64 ms)
{
  static const struct {
    gint64 ms;
    const char *one;
    const char *many;
  } units[] = {
    { 24 * 3600 * 1000, N_("every day"), N_("every %s days") },
    { 3600 * 1000, N_("every hour"), N_("every %s hours") },
    { 60 * 1000, N_("every minute"), N_("every %s minutes") },
    { 1000, N_("every second"), N_("every %s seconds") },
  };
  gsize i = 0;
  gint64 n;
  g_autofree char *number = NULL;

  while (i < G_N_ELEMENTS (units) - 1 && ms % units[i].ms != 0)
    i++;
  n = ms / units[i].ms;
  if (ms % units[i].ms != 0)
    number = g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", n, (int) (ms % 1000));
  else if (n == 1)
    return g_strdup (_(units[i].one));
  else
    number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  return wd_cron_words_fill (_(units[i].many), number);
}

/**
 * wd_scheduler_describe_schedule:
 * @self: a scheduler
 *
 * Returns: (transfer full): when it makes jobs, in words where they are simple, else its pattern;
 *   translated
 */
char *
wd_scheduler_describe_schedule (const WdScheduler *self)
{
  g_autofree char *words = NULL;

  if (self->every > 0)
    return describe_every (self->every);
  if (self->pattern == NULL)
    return g_strdup (_("not known"));
  words = wd_cron_words (self->pattern);
  if (words == NULL)
    words = wd_format_visible (self->pattern, 128);
  return self->tz != NULL ? g_strdup_printf ("%s (%s)", words, self->tz) : g_steal_pointer (&words);
}

/**
 * wd_scheduler_get_next:
 * @self: a scheduler
 *
 * Returns: when it runs next; %WD_TIME_NONE for one that never will
 */
WdTime
wd_scheduler_get_next (const WdScheduler *self)
{
  return self->state == WD_SCHEDULER_ENDED || self->state == WD_SCHEDULER_BROKEN ? WD_TIME_NONE
                                                                                 : self->next;
}

/**
 * wd_scheduler_is_late:
 * @self: a scheduler
 * @now: the time
 *
 * Returns: whether its next job should have been begun, by workers that get to it
 */
gboolean
wd_scheduler_is_late (const WdScheduler *self, WdTime now)
{
  if (self->next == WD_TIME_NONE)
    return FALSE;
  return (self->state == WD_SCHEDULER_DELAYED && now - self->next > LATE_US)
         || (self->state == WD_SCHEDULER_WAITING && now - self->next > BEHIND_US);
}

static char *
describe_lateness (const WdScheduler *self, const WdSchedulerPage *page)
{
  g_autofree char *age = wd_format_age (self->next, page->now);

  if (page->workers == 0)
    return g_strdup_printf (_("Due %s, but no worker is connected: start one"), age);
  if (self->state == WD_SCHEDULER_DELAYED)
    return g_strdup_printf (_("Due %s, but no worker has noticed: see whether they are stuck, "
                              "and restart them"), age);
  return page->paused ? g_strdup_printf (_("Due %s: it runs when the queue is resumed"), age)
                      : g_strdup_printf (_("Due %s: it waits behind other jobs"), age);
}

/**
 * wd_scheduler_describe_oddity:
 * @self: a scheduler
 * @page: that it is of
 *
 * Returns: (transfer full) (nullable): what is odd about it, since when and what to do, translated;
 *   %NULL where nothing is
 */
char *
wd_scheduler_describe_oddity (const WdScheduler *self, const WdSchedulerPage *page)
{
  if (self->state == WD_SCHEDULER_BROKEN)
    return g_strdup (_("Its next job is gone: it will never run again. Remove it, and let the "
                       "program that made it make it anew"));
  if (self->state == WD_SCHEDULER_ENDED)
    return g_strdup (_("It has ended: it makes no more jobs. It can be removed"));
  if (wd_scheduler_is_late (self, page->now))
    return describe_lateness (self, page);
  if (!self->is_defined)
    return g_strdup (_("The queue does not say what it makes: BullMQ 6 forgets it when it lists "
                       "schedulers"));
  if (self->is_legacy)
    return g_strdup (_("A repeatable job of before schedulers: BullMQ 6 gives it no data from its "
                       "second run on. Let its program make a scheduler instead"));
  return NULL;
}
