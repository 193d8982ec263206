/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service tells of itself: what can be asked, to programs that write clients, and what was
 * asked, to a monitoring system. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "server/wd-exposition.h"
#include "server/wd-server-metrics.h"
#include "server/wd-server-openapi.h"
#include "server/wd-server-route.h"

static const char *
role_word (WdApiRole role)
{
  return role == WD_API_ADMIN ? "admin" : role == WD_API_OPERATOR ? "operator" : "viewer";
}

static void
check_operation (const WdServerRoute *route, JsonObject *paths)
{
  const char *method = route->writes ? "post" : "get";
  JsonObject *item, *operation;

  g_test_message ("%s %s", method, route->path);
  g_assert_true (json_object_has_member (paths, route->path));
  item = json_object_get_object_member (paths, route->path);
  g_assert_true (json_object_has_member (item, method));
  operation = json_object_get_object_member (item, method);
  g_assert_true (json_object_has_member (operation, "security") == route->open);
  g_assert_cmpstr (json_object_get_string_member_with_default (operation, "x-least-role", NULL),
                   ==, route->open ? NULL : role_word (route->role));
  g_assert_true (json_object_has_member (operation, "responses"));
}

/* Every route, and none that there is not. */
static void
test_document (void)
{
  g_autoptr (GBytes) bytes = wd_server_openapi ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) items = NULL;
  gsize n_routes, n_operations = 0;
  const WdServerRoute *routes = wd_server_routes (&n_routes);
  JsonObject *paths;

  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  paths = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                         "paths");
  for (gsize i = 0; i < n_routes; i++)
    check_operation (&routes[i], paths);
  items = json_object_get_values (paths);
  for (GList *l = items; l != NULL; l = l->next)
    n_operations += json_object_get_size (json_node_get_object (l->data));
  g_assert_cmpuint (n_operations, ==, n_routes);
}

static void
test_exposition (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  wd_exposition_family (text, "a", "gauge", "One \\ \"two\"\nthree");
  wd_exposition_count (text, "a", -5, NULL);
  wd_exposition_number (text, "a", 0.1, "queue", "q\\\"\n{}", "le", "+Inf", NULL);
  wd_exposition_number (text, "a", 1795703020.25, NULL);
  g_assert_cmpstr (text->str, ==,
                   "# HELP a One \\\\ \"two\"\\nthree\n# TYPE a gauge\na -5\n"
                   "a{queue=\"q\\\\\\\"\\n{}\",le=\"+Inf\"} 0.1\na 1795703020.25\n");
}

static void
test_metrics (void)
{
  g_autoptr (WdServerMetrics) metrics = wd_server_metrics_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  wd_server_metrics_count (metrics, "/a", 200, 1000);
  wd_server_metrics_count (metrics, "/a", 200, 3000);
  wd_server_metrics_count (metrics, "/a", 503, 60 * G_USEC_PER_SEC);
  wd_server_metrics_count (metrics, NULL, 404, 1);
  wd_server_metrics_write (metrics, text);
#define HAS(line) g_assert_nonnull (strstr (text->str, line "\n"))
  HAS ("worker_dashboard_http_requests_total{path=\"/a\",status=\"200\"} 2");
  HAS ("worker_dashboard_http_requests_total{path=\"/a\",status=\"503\"} 1");
  HAS ("worker_dashboard_http_requests_total{path=\"other\",status=\"404\"} 1");
  HAS ("worker_dashboard_http_request_duration_seconds_bucket{path=\"/a\",le=\"0.001\"} 1");
  HAS ("worker_dashboard_http_request_duration_seconds_bucket{path=\"/a\",le=\"0.005\"} 2");
  HAS ("worker_dashboard_http_request_duration_seconds_bucket{path=\"/a\",le=\"10\"} 2");
  HAS ("worker_dashboard_http_request_duration_seconds_bucket{path=\"/a\",le=\"+Inf\"} 3");
  HAS ("worker_dashboard_http_request_duration_seconds_sum{path=\"/a\"} 60.004");
  HAS ("worker_dashboard_http_request_duration_seconds_count{path=\"/a\"} 3");
#undef HAS
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-told/document", test_document);
  g_test_add_func ("/server-told/exposition", test_exposition);
  g_test_add_func ("/server-told/metrics", test_metrics);
  return g_test_run ();
}
