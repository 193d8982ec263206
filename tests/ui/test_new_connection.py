#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialog of a connection that is not there yet: what servers and files do to it."""

import os
import re
import shutil

import window as harness
from connection_case import ConnectionCase, field
from fixtures.postgres import OWNER
from fixtures.stack import Stack

SERVICE_KEY = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlc2lnbmF0dXJl"


class NewConnection(ConnectionCase):
    """The dialog of a connection that is not there yet, and what servers and files do to it."""

    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(tls=True)
        cls.addClassCleanup(cls.stack.close)

    def test_wrong_password(self):
        window = self.open(self.stack)
        self.press("Connect…")
        self.fill("Main", self.stack.postgres.tls_url(), self.stack.redis.tls_url())
        self.type("Own certificate authority (PEM file)", self.stack.authority.certificate)
        self.type(field("PostgreSQL", "Password"), "wrong")
        self.press("Test Connection")
        window.find("list item", re.compile("Error: .*(password|user).*"))
        window.find("list item", re.compile(r"OK: Redis \d.*"))
        window.screenshot("connections-test-wrong-password")
        self.assertNotIn("wrong", window.log())

    def test_server_goes_down(self):
        """While the dialog is open; and it comes back."""
        window = self.open(self.stack)
        self.press("Connect…")
        self.fill("Main", self.stack.postgres.url(), self.stack.redis.url())
        self.stack.redis.stop()
        self.press("Test Connection")
        window.find("list item", re.compile("Error: .*[Rr]edis.*"))
        window.find("list item", re.compile(r"OK: PostgreSQL \d.*"))
        self.stack.redis.start()
        self.press("Test Again")
        window.find("list item", re.compile(r"OK: Redis \d.*"))

    def test_stop(self):
        """A server that does not answer keeps nobody; and one begins to type at once."""
        window = self.open(self.stack)
        self.press("Connect…")
        window.focus_other("Connection")
        window.type("Begun")
        window.wait(lambda: window.find("text", "Name").text() == "Begun", "what was typed first")
        self.fill("Main", self.stack.postgres.url(), self.stack.redis.url())
        self.stack.postgres.pause()
        self.addCleanup(self.stack.postgres.resume)
        self.press("Test Connection")
        self.press("Stop")
        window.find("label", "Stopped. Nothing was changed.", seconds=5)
        self.press("Back")
        window.find("text", field("PostgreSQL", "Address"), seconds=5)

    def test_statement(self):
        """What doctor knows a statement against, it shows; with it the finding is gone."""
        self.stack.redis.client().config_set("maxmemory-policy", "allkeys-lru")
        window = self.open(self.stack)
        self.press("Connect…")
        self.fill("Main", self.stack.postgres.url(), self.stack.redis.url())
        self.press("Test Connection")
        statement = window.find("label", "CONFIG SET maxmemory-policy noeviction").name
        self.stack.redis.client().execute_command(*statement.split())
        self.press("Test Again")
        window.find("list item", re.compile(r"OK: Nothing is evicted.*"))

    def write_env(self):
        """Returns the path of a .env of the web project."""
        path = os.path.join(os.environ["XDG_RUNTIME_DIR"], ".env")
        with open(path, "w", encoding="utf-8") as file:
            file.write("# web project\nexport DATABASE_URL=\"" + self.stack.postgres.tls_url()
                       + "\"\nREDIS_URL=" + self.stack.redis.url()
                       + "\nNEXT_PUBLIC_SUPABASE_URL=https://abc.supabase.co\n"
                       f"SUPABASE_SERVICE_ROLE_KEY={SERVICE_KEY}\n")
        return path

    def assert_imported(self):
        self.window.find("label", "From “.env”")
        self.wait_text(field("PostgreSQL", "Port"), str(self.stack.postgres.port))
        self.wait_text(field("PostgreSQL", "User"), OWNER)

    def close_dialog(self):
        self.press("Cancel", within=(None, "Connection"))
        self.window.wait_gone(None, "Connection")

    def test_env_file(self):
        """A .env fills the fields, and what cannot be taken over is explained."""
        window = self.open(self.stack, "--import-env", self.write_env())
        self.assert_imported()
        self.wait_text(field("Redis", "Host"), self.stack.redis.socket)
        window.find("label", re.compile(".*no database password.*"))
        window.find("label", re.compile(".*web API, not of the database.*"))
        self.assertFalse(any(SERVICE_KEY in node.name for node in window.tree().walk()))
        window.screenshot("connections-env")

    def test_files_are_chosen(self):
        """By GTK's dialog: a .env on the welcome page and in the connection, a CA."""
        path = self.write_env()
        window = self.open(self.stack)
        self.press("Import .env…")
        window.choose_file("Import .env", None)
        self.assertFalse(window.is_there(None, "Connection"))
        self.press("Import .env…")
        window.choose_file("Import .env", path)
        self.assert_imported()
        self.close_dialog()

        self.press("Connect…")
        window.find(None, "Connection")
        self.press("Import .env…", within=(None, "Connection"))
        window.choose_file("Import .env", path)
        self.assert_imported()
        window.click("push button", "Choose a file of certificates")
        window.screenshot("connections-choose")
        window.choose_file("Certificate Authority", self.stack.authority.certificate)
        self.wait_text("Own certificate authority (PEM file)", self.stack.authority.certificate)

    def test_ways(self):
        """What encrypts nothing, or checks nobody, is said where that is chosen."""
        window = self.open(self.stack)
        self.press("Connect…")
        open_ways = {"PostgreSQL": ("postgresql://u@db.example.com/x", "?sslmode=verify-full",
                                    "The server’s certificate is not checked:.*"),
                     "Redis": ("redis://redis.example.com", "", "Not encrypted:.*")}
        for server, (url, _end, hint) in open_ways.items():
            self.type(field(server, "Address"), url)
            window.find("label", re.compile(hint))
        window.screenshot("connections-ways")
        for server, (url, end, hint) in open_ways.items():
            self.type(field(server, "Address"), url.replace("redis:", "rediss:") + end)
            window.wait_gone("label", re.compile(hint))
        self.type(field("PostgreSQL", "Address"), "postgresql://u:secret@db.example.com/x")
        window.find("label", re.compile(f"The password was moved .*\n{open_ways['PostgreSQL'][2]}"))
        self.type("Own certificate authority (PEM file)", self.stack.authority.certificate)
        window.wait_gone("label", re.compile(open_ways["PostgreSQL"][2]))

    def test_confined(self):
        """Within Flatpak: what a socket needs is said; an authority is copied, and stays."""
        name = "org.workerdashboard.WorkerDashboard"
        lent = os.path.join(os.environ["XDG_RUNTIME_DIR"], "own.pem")
        shutil.copyfile(self.stack.authority.certificate, lent)
        window = self.open(self.stack, FLATPAK_ID=name)
        self.press("Connect…")
        self.type(field("PostgreSQL", "Address"), "postgresql:///x?host=/nowhere/postgresql")
        window.find("label", re.compile(
            rf".*flatpak override --user --filesystem='/nowhere/postgresql' {name}"))
        window.screenshot("connections-confined")
        self.type(field("PostgreSQL", "Address"), self.stack.postgres.url())
        window.wait_gone("label", re.compile(".*flatpak override.*"))

        window.click("push button", "Choose a file of certificates")
        window.choose_file("Certificate Authority", lent)
        entry = self.text("Own certificate authority (PEM file)")
        folder = os.path.join(self.folder, "certificates")
        window.wait(lambda: entry.text().startswith(f"{folder}/own-"), entry.text)
        os.unlink(lent)
        with open(entry.text(), encoding="utf-8") as copy, \
                open(self.stack.authority.certificate, encoding="utf-8") as original:
            self.assertEqual(copy.read(), original.read())

        with open(lent, "w", encoding="utf-8") as file:
            file.write("-----BEGIN PRIVATE KEY-----\n")
        window.click("push button", "Choose a file of certificates")
        window.choose_file("Certificate Authority", lent)
        window.find("label", re.compile("There is no certificate in it.*"))
        self.assertEqual(len(os.listdir(folder)), 1)

    def test_env_file_is_dropped(self):
        """From another program: on the welcome page, and on the dialog, also on an entry of it."""
        path = self.write_env()
        window = self.open(self.stack)
        window.find("label", re.compile(r"The \.env file of the web project can also be dropped.*"))
        window.drop_file(path, 330, 380)
        self.assert_imported()
        self.close_dialog()

        self.press("Connect…")
        x, y, width, height = self.text(field("PostgreSQL", "Address")).extents()
        window.drop_file(path, x + width // 2, y + height // 2)
        self.assert_imported()


if __name__ == "__main__":
    harness.main()
