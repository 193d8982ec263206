# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A keyring of the test's own session, unlocked, with nothing in it."""

import os
import subprocess

import gi

gi.require_version("Secret", "1")
from gi.repository import Gio, GLib, Secret  # noqa: E402

from fixtures.processes import dies_with_parent, program, wait_until  # noqa: E402

SCHEMA = Secret.Schema.new("org.workerdashboard.Connection", Secret.SchemaFlags.NONE,
                           {"profile": Secret.SchemaAttributeType.STRING,
                            "store": Secret.SchemaAttributeType.STRING})
SECONDS = 20


class Keyring:
    """gnome-keyring on the session's bus; a context manager."""

    def __init__(self):
        self._process = subprocess.Popen(  # pylint: disable=consider-using-with
            [program("gnome-keyring-daemon"), "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=dies_with_parent())
        self._process.stdin.write(b"test")
        self._process.stdin.close()
        try:
            wait_until(self._answers, SECONDS, "the keyring")
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _answers():
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        (names,) = bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames",
                                 None, None, Gio.DBusCallFlags.NONE, SECONDS * 1000).unpack()
        return "org.freedesktop.secrets" in names

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait()
        # It is remembered by its name on the bus, which the next one does not have.
        Secret.Service.disconnect()

    @staticmethod
    def password(profile, store):
        """Returns what is kept for a connection's `postgres`, `redis` or `api`, or None."""
        return Secret.password_lookup_sync(SCHEMA, {"profile": profile, "store": store}, None)


class SilentKeyring:
    """Keeps the bus from starting a keyring, and answers nothing itself."""

    def __init__(self):
        self._bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        (reply,) = self._bus.call_sync(
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
            GLib.Variant("(su)", ("org.freedesktop.secrets", 4)), None, Gio.DBusCallFlags.NONE,
            SECONDS * 1000).unpack()
        assert reply == 1, "another keyring is there"

    def close(self):
        self._bus.close_sync(None)
