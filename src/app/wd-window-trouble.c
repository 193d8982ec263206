/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the banner and the dot say: what is wrong, since when. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "app/wd-window-private.h"
#include "base/wd-error.h"

/* Returns: (transfer full): what is wrong, since @clock, with whoever asks for us */
static char *
describe_remote (const GError *error, const char *clock)
{
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION))
    return g_strdup_printf (_("The remote dashboard, or its database, has been unreachable "
                              "since %s."), clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT))
    return g_strdup_printf (_("The remote dashboard has not answered since %s."), clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_AUTHENTICATION))
    return g_strdup_printf (_("The remote dashboard has refused this token since %s."), clock);
  return g_strdup_printf (_("Reading has failed since %s."), clock);
}

/* Returns: (transfer full): what is wrong, since @clock */
static char *
describe_trouble (const WdProfile *profile, WdFeed feed, const GError *error, const char *clock)
{
  if (feed == WD_FEED_QUEUES)
    return g_strdup_printf (_("The queues have been unreachable since %s."), clock);
  if (profile->api_url != NULL)
    return describe_remote (error, clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION))
    return g_strdup_printf (_("The database has been unreachable since %s."), clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT))
    return g_strdup_printf (_("The database has not answered since %s."), clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_AUTHENTICATION))
    return g_strdup_printf (_("The database has refused this user or password since %s."), clock);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_PERMISSION))
    return g_strdup_printf (_("The database does not let this user read everything (since %s)."),
                            clock);
  return g_strdup_printf (_("Reading has failed since %s."), clock);
}

/* Returns: (transfer full): the same, and what that means for what is on screen: the queues are on
 * no page but theirs */
static char *
describe_consequence (WdWindow *self, WdFeed feed, gboolean has_data, const char *trouble)
{
  if (feed == WD_FEED_QUEUES && g_strcmp0 (self->page, "queues") != 0)
    /* TRANSLATORS: %s is a sentence */
    return g_strdup_printf (_("%s What stands here is the database’s view."), trouble);
  if (has_data)
    /* TRANSLATORS: %s is a sentence */
    return g_strdup_printf (_("%s What stands here is older."), trouble);
  return g_strdup (trouble);
}

void
wd_window_update_trouble (WdWindow *self)
{
  WdFeed feed;
  WdTime since;
  gboolean has_data;
  const GError *error;
  g_autofree char *clock = NULL;
  g_autofree char *trouble = NULL;
  g_autofree char *title = NULL;
  g_autofree char *details = NULL;

  if (self->workspace == NULL)
    {
      wd_banner_hide (self->banner);
      return;
    }
  has_data = wd_workspace_get_stats (self->workspace) != NULL;
  error = wd_workspace_get_trouble (self->workspace, &feed, &since);
  if (error == NULL)
    {
      wd_connection_header_set_state (self->connection, has_data ? WD_TONE_OK : NULL,
                                      has_data ? _("connected") : _("connecting"));
      wd_banner_hide (self->banner);
      return;
    }
  clock = wd_text_clock (since);
  trouble = describe_trouble (wd_workspace_get_profile (self->workspace), feed, error, clock);
  title = describe_consequence (self, feed, has_data, trouble);
  details = wd_text_block (error->message);
  wd_banner_show (self->banner, title, details, feed != WD_FEED_QUEUES);
  wd_connection_header_set_state (self->connection,
                                  feed == WD_FEED_QUEUES ? WD_TONE_CAUTION : WD_TONE_WRONG,
                                  feed == WD_FEED_QUEUES ? _("queues not reachable")
                                                         : _("not connected"));
}
