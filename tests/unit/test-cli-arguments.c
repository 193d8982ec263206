/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "cli/wd-cli-arguments.h"
#include "cli/wd-cli-filter.h"
#include "cli/wd-cli-page.h"
#include "cli/wd-cli-help.h"

/* A command line as it is typed, without quotes. */
static gboolean
parse (WdCliArguments *arguments, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return wd_cli_arguments_parse (arguments, *line != '\0' ? (const char *const *) words
                                                          : (const char *const[]) { NULL },
                                 error);
}

typedef struct {
  const char *name;
  const char *line;
  const char *command;          /* NULL: wrong usage */
  const char *operands;         /* joined by commas */
  const char *option;           /* checked, where there is one */
  const char *values;           /* of it, joined by commas */
} Case;

static const Case cases[] = {
  { "plain", "stats", "stats", "", NULL, NULL },
  { "two-words", "jobs list", "jobs list", "", NULL, NULL },
  { "operand", "jobs show a-1", "jobs show", "a-1", NULL, NULL },
  { "operands", "jobs retry a b c", "jobs retry", "a,b,c", NULL, NULL },
  { "global-before", "--profile P --json stats", "stats", "", "profile", "P" },
  { "global-after", "stats --profile=P", "stats", "", "profile", "P" },
  { "global-between", "jobs --json list", "jobs list", "", "json", "true" },
  { "json-twice", "--json stats --json", "stats", "", "json", "true" },
  { "equals", "jobs list --limit=10", "jobs list", "", "limit", "10" },
  { "separate", "jobs list --limit 10", "jobs list", "", "limit", "10" },
  { "value-with-equals", "jobs list --search=a=b", "jobs list", "", "search", "a=b" },
  { "empty-value", "jobs list --search=", "jobs list", "", "search", "" },
  { "value-with-dashes", "jobs list --search=--x", "jobs list", "", "search", "--x" },
  { "value-with-dash", "wallets list --min-balance -5", "wallets list", "", "min-balance", "-5" },
  { "repeated", "dispatch sync --wallet A --wallet=B", "dispatch", "sync", "wallet", "A,B" },
  { "repeated-filter", "jobs list --status failed --status active", "jobs list", "", "status",
    "failed,active" },
  { "flag", "dispatch sync --force --wallet A", "dispatch", "sync", "force", "true" },
  { "boolean", "wallets set-flags T --needs-gas false", "wallets set-flags", "T", "needs-gas",
    "false" },
  { "date", "jobs list --from 2026-11-23", "jobs list", "", "from", "2026-11-23" },
  { "time", "jobs list --to=2026-11-23T10:00:00+01:00", "jobs list", "", "to",
    "2026-11-23T10:00:00+01:00" },
  { "end-of-options", "jobs retry -- --x -y", "jobs retry", "--x,-y", NULL, NULL },
  { "single-dash", "jobs show -", "jobs show", "-", NULL, NULL },
  { "help", "jobs list --help", "jobs list", "", "help", "true" },
  { "help-without-operand", "jobs show -h", "jobs show", "", "help", "true" },

  { "nothing", "", NULL, NULL, NULL, NULL },
  { "half", "jobs", NULL, NULL, NULL, NULL },
  { "unknown", "job list", NULL, NULL, NULL, NULL },
  { "unknown-second", "jobs delete", NULL, NULL, NULL, NULL },
  { "unknown-option", "stats --limit 5", NULL, NULL, NULL, NULL },
  { "option-before-command", "--limit 5 jobs list", NULL, NULL, NULL, NULL },
  { "short-option", "jobs list -l", NULL, NULL, NULL, NULL },
  { "short-help-like", "jobs list -xhelp", NULL, NULL, NULL, NULL },
  { "missing-value", "jobs list --limit", NULL, NULL, NULL, NULL },
  { "option-for-value", "dispatch sync --wallet --force", NULL, NULL, NULL, NULL },
  { "flag-with-value", "dispatch sync --wallet A --force=yes", NULL, NULL, NULL, NULL },
  { "boolean-word", "wallets list --needs-gas=yes", NULL, NULL, NULL, NULL },
  { "boolean-bare", "wallets list --needs-gas", NULL, NULL, NULL, NULL },
  { "limit-zero", "jobs list --limit 0", NULL, NULL, NULL, NULL },
  { "limit-over", "jobs list --limit 1001", NULL, NULL, NULL, NULL },
  { "limit-text", "jobs list --limit ten", NULL, NULL, NULL, NULL },
  { "limit-sign", "jobs list --limit=+5", NULL, NULL, NULL, NULL },
  { "bad-date", "jobs list --from yesterday", NULL, NULL, NULL, NULL },
  { "bad-month", "jobs list --to 2026-13-01", NULL, NULL, NULL, NULL },
  { "once", "jobs list --limit 5 --limit 6", NULL, NULL, NULL, NULL },
  { "missing-operand", "jobs show", NULL, NULL, NULL, NULL },
  { "missing-ids", "outbox discard", NULL, NULL, NULL, NULL },
  { "too-many", "jobs show a b", NULL, NULL, NULL, NULL },
  { "too-many-for-none", "stats now", NULL, NULL, NULL, NULL },
  { "not-utf8", "jobs show \xff", NULL, NULL, NULL, NULL },
};

/* What is wrong is named as it was typed. */
static void
test_names (void)
{
  static const char *const lines[][2] = {
    { "dispatch sync --wallet=", "--wallet is without an address" },
    { "dispatch sync --wallet a\tb", "--wallet: The wallet address holds a control character" },
    { "dispatch sync --wallet a --user me", "--user is a UUID, not “me”" },
    { "bulk dispatch sync --all --user me", "--user is a UUID, not “me”" },
    { "jobs list --user me", "--user is a UUID, not “me”" },
    { "jobs list --from yesterday", "--from: “yesterday” is not a time" },
    { "wallets list --min-balance 1,5", "--min-balance is an amount, not “1,5”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
      g_autoptr (GError) error = NULL;

      g_assert_false (parse (arguments, lines[i][0], &error));
      g_assert_nonnull (strstr (error->message, lines[i][1]));
    }
}

static void
test_parse (gconstpointer user_data)
{
  const Case *test = user_data;
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
  g_autoptr (GError) error = NULL;
  g_autofree char *operands = NULL, *values = NULL;

  if (test->command == NULL)
    {
      g_assert_false (parse (arguments, test->line, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      return;
    }
  parse (arguments, test->line, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wd_cli_arguments_get_command (arguments)->name, ==, test->command);
  operands = g_strjoinv (",", (char **) wd_cli_arguments_get_operands (arguments));
  g_assert_cmpstr (operands, ==, test->operands);
  if (test->option == NULL)
    return;
  values = g_strjoinv (",", (char **) wd_cli_arguments_get_all (arguments, test->option));
  g_assert_cmpstr (values, ==, test->values);
}

static void
test_json_after_mistake (void)
{
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());

  g_assert_false (parse (arguments, "jobs list --nonsense --json", NULL));
  g_assert_true (wd_cli_arguments_has (arguments, "json"));
}

static void
test_defaults (void)
{
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
  g_autoptr (WdJobFilter) jobs = NULL;
  g_autoptr (WdWalletFilter) wallets = NULL;
  g_autoptr (WdPageRequest) page = NULL;

  g_assert_true (parse (arguments, "jobs list", NULL));
  jobs = wd_cli_job_filter (arguments, NULL);
  wallets = wd_cli_wallet_filter (arguments, NULL);
  page = wd_cli_page_request (arguments);
  g_assert_true (wd_job_filter_is_empty (jobs));
  g_assert_true (wd_wallet_filter_is_empty (wallets));
  g_assert_cmpuint (page->limit, ==, 50);
  g_assert_null (page->cursor);
}

static void
test_job_filter (void)
{
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobFilter) filter = NULL;
  g_autofree char *from = NULL, *to = NULL;

  g_assert_true (parse (arguments, "jobs list --type sync --type gas-topup --wallet T "
                                   "--from 2026-11-23 --to 2026-11-23 --limit 7 --cursor c", NULL));
  filter = wd_cli_job_filter (arguments, &error);
  g_assert_no_error (error);
  from = wd_time_to_rfc3339 (filter->from);
  to = wd_time_to_rfc3339 (filter->to);
  g_assert_cmpstr (from, ==, "2026-11-23T00:00:00Z");
  g_assert_cmpstr (to, ==, "2026-11-23T23:59:59.999999Z");
  g_assert_cmpstr (filter->types[1], ==, "gas-topup");
  g_assert_cmpstr (filter->wallet, ==, "T");
}

static void
test_bad_filters (gconstpointer user_data)
{
  g_autoptr (WdCliArguments) arguments = wd_cli_arguments_new (wd_cli_commands ());
  g_autoptr (GError) error = NULL;
  gboolean jobs = g_str_has_prefix (user_data, "jobs");

  g_assert_true (parse (arguments, user_data, NULL));
  g_assert_null (jobs ? (gpointer) wd_cli_job_filter (arguments, &error)
                      : (gpointer) wd_cli_wallet_filter (arguments, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

static void
test_help (void)
{
  g_autofree char *all = wd_cli_help (wd_cli_commands (), "");
  g_autofree char *group = wd_cli_help (wd_cli_commands (), "jobs");
  g_autofree char *one = wd_cli_help (wd_cli_commands (), "jobs retry");

  for (const WdCliCommand *command = wd_cli_commands (); command->name != NULL; command++)
    {
      g_assert_nonnull (strstr (all, command->name));
      g_assert_cmpint (strstr (group, command->name) != NULL, ==,
                       g_str_has_prefix (command->name, "jobs "));
      g_assert_true (command->min_operands <= command->max_operands);
      g_assert_true ((command->max_operands > 0) == (command->operands != NULL));
    }
  g_assert_nonnull (strstr (one, "--all-failed"));
  g_assert_nonnull (strstr (one, "--reset"));
  g_assert_nonnull (strstr (one, "--wallet ADDRESS"));
  g_assert_nonnull (strstr (one, "--profile NAME"));
  g_assert_null (strstr (one, "--cursor"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-arguments/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  g_test_add_func ("/cli-arguments/json-after-mistake", test_json_after_mistake);
  g_test_add_func ("/cli-arguments/defaults", test_defaults);
  g_test_add_func ("/cli-arguments/job-filter", test_job_filter);
  g_test_add_func ("/cli-arguments/names", test_names);
  g_test_add_data_func ("/cli-arguments/bad-filter/span",
                        "jobs list --from 2026-11-24 --to 2026-11-23", test_bad_filters);
  g_test_add_data_func ("/cli-arguments/bad-filter/amounts",
                        "wallets list --min-balance 2 --max-balance 1.99", test_bad_filters);
  g_test_add_func ("/cli-arguments/help", test_help);
  return g_test_run ();
}
