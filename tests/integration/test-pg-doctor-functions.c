/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which functions of a site's own the doctor takes for ones that fail in our transactions. */

#include <string.h>

#include "doctor-case.h"

static const PgSite fresh = { "fresh", { NULL }, TRUE };

/* A trigger of the site's own, by what it does. */
static void
test_triggers (PgSiteFixture *fixture, gconstpointer data)
{
  static const struct {
    const char *body;
    gboolean is_found;
  } cases[] = {
    { "BEGIN INSERT INTO noted VALUES (NEW.id);", TRUE },
    { "BEGIN insert into Noted(id) VALUES (NEW.id);", TRUE },
    { "BEGIN INSERT INTO public.noted VALUES (NEW.id);", FALSE },
    { "BEGIN INSERT INTO \"public\" . \"noted\" VALUES (NEW.id);", FALSE },
    { "BEGIN EXECUTE 'INSERT INTO noted VALUES ($1)' USING NEW.id;", TRUE },
    { "BEGIN /* from noted */ -- from noted\n NEW.updated_at = now();", FALSE },
    { "BEGIN IF NEW.status IS DISTINCT FROM OLD.status THEN RETURN NULL; END IF;", FALSE },
    { "BEGIN PERFORM helper (1);", TRUE },
    { "BEGIN PERFORM public.helper (1), count(*), coalesce (1, 2);", FALSE },
    { "BEGIN NEW.status := 'bad'::mood;", TRUE },
    { "BEGIN NEW.status := 'bad'::public.mood;", FALSE },
    { "BEGIN PERFORM nextval('numbers');", TRUE },
    { "BEGIN PERFORM nextval('public.numbers');", FALSE },
    { "DECLARE one noted%ROWTYPE; BEGIN", TRUE },
    { "DECLARE one noted.id%TYPE; BEGIN", TRUE },
    { "DECLARE one public.noted%ROWTYPE; two public.noted.id%TYPE; BEGIN", FALSE },
    { "BEGIN PERFORM set_config('search_path', 'public', true); DELETE FROM noted;", FALSE },
  };

  pg_site_run (fixture, "CREATE TABLE noted (id uuid)");
  pg_site_run (fixture, "CREATE SEQUENCE numbers");
  pg_site_run (fixture, "CREATE TYPE mood AS ENUM ('good', 'bad')");
  pg_site_run (fixture, "CREATE FUNCTION helper (integer) RETURNS integer LANGUAGE sql"
                        " AS 'SELECT $1'");
  pg_site_run (fixture, "SET check_function_bodies = off");
  pg_site_run (fixture, "CREATE FUNCTION note () RETURNS trigger LANGUAGE plpgsql"
                        " AS 'BEGIN RETURN NEW; END'");
  EXPECT ("postgres-functions", WD_CHECK_OK, "No function");
  pg_site_run (fixture, "CREATE TRIGGER notes BEFORE UPDATE ON job_logs FOR EACH ROW"
                        " EXECUTE FUNCTION note()");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("CREATE OR REPLACE FUNCTION note () RETURNS trigger"
                                              " LANGUAGE plpgsql AS $$ %s RETURN NEW; END $$",
                                              cases[i].body);

      g_test_message ("%s", cases[i].body);
      pg_site_run (fixture, sql);
      EXPECT ("postgres-functions", cases[i].is_found ? WD_CHECK_WARNING : WD_CHECK_OK,
              cases[i].is_found ? "ALTER FUNCTION public.note() SET search_path = public;"
              : strstr (cases[i].body, "search_path") != NULL ? "No function"
                                                              : "none: public.note()");
    }
}

/* What else runs functions, and where these look by themselves. */
static void
test_functions (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) again = NULL;
  g_autofree char *path = g_strdup_printf ("ALTER DATABASE %s SET search_path = own, public",
                                           fixture->name);
  g_autofree char *message = NULL;

  pg_site_run (fixture, "CREATE SCHEMA own");
  pg_site_run (fixture, "CREATE TABLE own.tenants (id integer)");
  pg_site_run (fixture, "CREATE TABLE labels (label text)");
  pg_site_run (fixture, "CREATE FUNCTION note () RETURNS trigger LANGUAGE plpgsql"
                        " AS 'BEGIN DELETE FROM labels; RETURN NULL; END'");
  pg_site_run (fixture, "CREATE TRIGGER notes AFTER DELETE ON job_logs FOR EACH ROW"
                        " EXECUTE FUNCTION note()");
  EXPECT ("postgres-functions", WD_CHECK_OK, "No function");
  pg_site_run (fixture, "CREATE FUNCTION label () RETURNS text LANGUAGE sql"
                        " AS 'SELECT label FROM labels LIMIT 1'");
  pg_site_run (fixture, "ALTER TABLE user_wallets ADD COLUMN label text DEFAULT label()");
  message = doctor_expect (fixture->connection, "postgres-functions", WD_CHECK_WARNING,
                           "public.label()");
  doctor_follow (fixture, message, "ALTER");
  EXPECT ("postgres-functions", WD_CHECK_OK, "No function");

  pg_site_run (fixture, "SET check_function_bodies = off");
  pg_site_run (fixture, "CREATE FUNCTION own.sees () RETURNS boolean LANGUAGE sql"
                        " AS 'SELECT EXISTS (SELECT FROM tenants)'");
  pg_site_run (fixture, "CREATE POLICY seen ON job_logs USING (own.sees())");
  pg_site_run (fixture, "ALTER TABLE job_logs ENABLE ROW LEVEL SECURITY");
  EXPECT ("postgres-functions", WD_CHECK_OK, "No function");
  pg_site_run (fixture, "ALTER TABLE job_logs FORCE ROW LEVEL SECURITY");
  EXPECT ("postgres-functions", WD_CHECK_OK, "own.sees()");
  pg_site_run (fixture, path);
  again = doctor_connect_as (fixture, "platform");
  g_free (doctor_expect (again, "postgres-functions", WD_CHECK_WARNING,
                         "ALTER FUNCTION own.sees() SET search_path = own;"));
}

static void
add (const char *path, void (*test) (PgSiteFixture *, gconstpointer))
{
  g_test_add (path, PgSiteFixture, &fresh, pg_site_set_up, test, pg_site_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/postgres/doctor/triggers", test_triggers);
  add ("/postgres/doctor/functions", test_functions);
  return g_test_run ();
}
