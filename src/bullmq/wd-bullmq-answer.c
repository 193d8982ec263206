/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "bullmq/wd-bullmq-layout.h"

typedef struct {
  const char *word;
  WdBullmqOutcome outcome;
} Word;

/* What scripts say of one job in words, besides “state” and “missing”. */
static const Word words[] = {
  { "warned", WD_BULLMQ_DONE_WITH_WARNING },
  { "error", WD_BULLMQ_REFUSED },
  { "both", WD_BULLMQ_REFUSED },
  { "scheduler", WD_BULLMQ_REFUSED },
  { "flow", WD_BULLMQ_REFUSED },
};

/* Redis adds the place in the script to what it says. */
static char *
redis_said (const char *detail)
{
  const char *place = strstr (detail, " script: ");
  g_autofree char *said = place ? g_strndup (detail, place - detail) : g_strdup (detail);

  return wd_format_visible (said, 500);
}

/* Returns: (transfer full) (nullable): what to tell an admin of one of them */
static char *
explain (const Word *word, const char *detail)
{
  if (strcmp (word->word, "both") == 0)
    return wd_bullmq_layout_message (word->word, NULL);
  if (strcmp (word->word, "scheduler") == 0)
    return g_strdup (_("It is the next job of a scheduler, which would end with it"));
  if (strcmp (word->word, "flow") == 0)
    return g_strdup (_("It is part of a flow: other jobs hang on it"));
  return redis_said (detail);
}

/**
 * wd_bullmq_answer_text:
 * @reply: what a script answered
 * @i: place in it
 *
 * Returns: (transfer none): the text there, empty where there is none
 */
const char *
wd_bullmq_answer_text (const redisReply *reply, gsize i)
{
  const redisReply *element = i < reply->elements ? reply->element[i] : NULL;

  return element != NULL && element->type == REDIS_REPLY_STRING ? element->str : "";
}

/**
 * wd_bullmq_answer_time:
 * @reply: what a script answered
 * @i: place in it
 *
 * Returns: the time there, in milliseconds as text; %WD_TIME_NONE where there is none
 */
WdTime
wd_bullmq_answer_time (const redisReply *reply, gsize i)
{
  return wd_time_from_ms (g_ascii_strtoll (wd_bullmq_answer_text (reply, i), NULL, 10));
}

/**
 * wd_bullmq_answer_refusal:
 * @reply: what a script about a whole queue answered: a word, and its detail
 * @code: (out): %WD_ERROR_LAYOUT or %WD_ERROR_REFUSED
 *
 * Returns: (transfer full): why it did nothing, translated
 */
char *
wd_bullmq_answer_refusal (const redisReply *reply, WdError *code)
{
  const char *said = wd_bullmq_answer_text (reply, 1);

  if (strcmp (wd_bullmq_answer_text (reply, 0), "layout") == 0)
    {
      *code = WD_ERROR_LAYOUT;
      return wd_bullmq_layout_message (said, wd_bullmq_answer_text (reply, 2));
    }
  *code = WD_ERROR_REFUSED;
  return wd_format_visible (said, 500);
}

/* @detail: the state, and after a space the due time of a delayed job */
static WdBullmqResult *
wrong_state (const char *detail)
{
  g_auto (GStrv) parts = g_strsplit (detail, " ", 2);
  const char *state = parts[0] ? parts[0] : "";
  WdBullmqResult *result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);

  if (strcmp (state, "unsure") == 0)
    {
      result->state = g_strdup ("unknown");
      result->message = g_strdup (_("The lists of its queue are too long to look for the job in "
                                    "them"));
      return result;
    }
  result->state = g_strdup (state);
  result->message = g_strdup_printf (_("BullMQ holds the job as “%s”"), state);
  if (parts[0] != NULL && parts[1] != NULL)
    result->due = g_ascii_strtoll (parts[1], NULL, 10);
  return result;
}

static WdBullmqResult *
result_of (const char *word, const char *detail)
{
  WdBullmqResult *result;

  if (strcmp (word, "state") == 0)
    return wrong_state (detail);
  if (strcmp (word, "missing") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);
      result->state = g_strdup ("missing");
      result->message = g_strdup (strcmp (detail, "past") == 0
                                    ? _("Its queue has given its id to another job since: dispatch "
                                        "a new job instead")
                                    : _("BullMQ holds no such job"));
      return result;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (word, words[i].word) != 0)
        continue;
      result = wd_bullmq_result_new (words[i].outcome);
      result->message = explain (&words[i], detail);
      return result;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the result every job of the slice shares; %NULL when the
 * script answered for each. */
static WdBullmqResult *
common_result (const redisReply *reply)
{
  const char *word = wd_bullmq_answer_text (reply, 0);
  WdBullmqResult *result;

  if (strcmp (word, "site") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_SITE_CHANGED);
      result->message = g_strdup (_("This Redis is not the one it was before; it may have been "
                                    "flushed, replaced or restored"));
      return result;
    }
  if (strcmp (word, "layout") == 0)
    {
      result = wd_bullmq_result_new (WD_BULLMQ_REFUSED);
      result->message = wd_bullmq_layout_message (wd_bullmq_answer_text (reply, 1),
                                                  wd_bullmq_answer_text (reply, 2));
      return result;
    }
  return strcmp (word, "error") == 0 ? result_of (word, wd_bullmq_answer_text (reply, 1)) : NULL;
}

/**
 * wd_bullmq_answer_set:
 * @results: (element-type WdBullmqResult): the results of a whole batch
 * @place: of one job
 * @result: (transfer full): what became of it, instead of what was there
 */
void
wd_bullmq_answer_set (GPtrArray *results, guint place, WdBullmqResult *result)
{
  gpointer *slot = &g_ptr_array_index (results, place);

  wd_bullmq_result_free (*slot);
  *slot = result;
}

static WdBullmqResult *
copy_result (const WdBullmqResult *result)
{
  WdBullmqResult *copy = wd_bullmq_result_new (result->outcome);

  copy->state = g_strdup (result->state);
  copy->message = g_strdup (result->message);
  copy->due = result->due;
  return copy;
}

/* What answer.lua says by a character. */
static gboolean
outcome_of (char character, WdBullmqOutcome *outcome)
{
  static const char characters[] = { 'd', 'a', 'x', 'e' };
  static const WdBullmqOutcome outcomes[] = {
    WD_BULLMQ_DONE, WD_BULLMQ_ALREADY_DONE, WD_BULLMQ_DISCARDED, WD_BULLMQ_EXISTS,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (characters); i++)
    if (characters[i] == character)
      {
        *outcome = outcomes[i];
        return TRUE;
      }
  return FALSE;
}

/* @rest: moved on to the word of the next job that has one */
static WdBullmqResult *
next_result (const redisReply *reply, char character, gsize *rest)
{
  WdBullmqOutcome outcome;

  if (outcome_of (character, &outcome))
    return wd_bullmq_result_new (outcome);
  *rest += 2;
  return result_of (wd_bullmq_answer_text (reply, *rest - 2),
                    wd_bullmq_answer_text (reply, *rest - 1));
}

/**
 * wd_bullmq_answer_take:
 * @reply: what add.lua or retry.lua answered
 * @queue: its name
 * @results: (element-type WdBullmqResult): gets a result for each job
 * @places: (array length=n): where in @results
 * @n: how many jobs were asked for
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when the answer makes no sense
 */
gboolean
wd_bullmq_answer_take (const redisReply *reply, const char *queue, GPtrArray *results,
                       const guint *places, gsize n, GError **error)
{
  g_autoptr (WdBullmqResult) common = common_result (reply);
  const char *characters = wd_bullmq_answer_text (reply, 1);
  gsize n_characters = strlen (characters);
  gsize rest = 2;

  for (gsize i = 0; i < n; i++)
    {
      WdBullmqResult *result = NULL;

      if (common != NULL)
        result = copy_result (common);
      else if (n_characters == n)
        result = next_result (reply, characters[i], &rest);
      if (result == NULL)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                       _("The queue “%s” gave an answer that cannot be understood"),
                       queue);
          return FALSE;
        }
      wd_bullmq_answer_set (results, places[i], result);
    }
  return TRUE;
}
