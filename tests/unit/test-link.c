/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/wd-link.h"
#include "base/wd-error.h"

static void
test_links (void)
{
  static const struct {
    const char *uri;
    const char *action;
    const char *subject;
    const char *connection;
  } table[] = {
    { "worker-dashboard://job/7f9c24e8", "win.show-job", "7f9c24e8", NULL },
    { "worker-dashboard://wallet/TGf%20HQ", "win.show-wallet", "TGf HQ", NULL },
    { "worker-dashboard://job/gas-topup%2F12", "win.show-job", "gas-topup/12", NULL },
    { "worker-dashboard://job/a?connection=My%20Site&x=1", "win.show-job", "a", "My Site" },
    { "WORKER-DASHBOARD://job/a", "win.show-job", "a", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdLink) link = wd_link_parse (table[i].uri, &error);

      g_test_message ("%s", table[i].uri);
      g_assert_no_error (error);
      g_assert_cmpstr (link->action, ==, table[i].action);
      g_assert_cmpstr (link->subject, ==, table[i].subject);
      g_assert_cmpstr (link->connection, ==, table[i].connection);
    }
}

static void
test_no_links (void)
{
  g_autofree char *padding = g_strnfill (4000, 'x');
  g_autofree char *huge = g_strconcat ("worker-dashboard://job/", padding, NULL);
  const char *const table[] = {
    "", "worker-dashboard:", "worker-dashboard:///job/a", "worker-dashboard://job",
    "worker-dashboard://job/", "worker-dashboard://quit/now",
    "https://job/a", "worker-dashboard://job/a?%", "worker-dashboard://job/%00",
    "worker-dashboard://job/%ff", huge,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", table[i]);
      g_assert_null (wd_link_parse (table[i], &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/links", test_links);
  g_test_add_func ("/link/no-links", test_no_links);
  return g_test_run ();
}
