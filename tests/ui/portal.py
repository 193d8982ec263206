# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desktop as confined programs ask it: org.freedesktop.portal.Desktop, by python-dbusmock."""

import json
import os
import signal
import subprocess
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from fixtures.processes import dies_with_parent, wait_until  # noqa: E402

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
MOCK = "org.freedesktop.DBus.Mock"
TEST = "org.workerdashboard.Test"
TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "portal_template.py")
SECONDS = 20
# Has GIO and GTK, whichever version, go by portals outside of a sandbox too.
PORTALS = {"GTK_USE_PORTAL": "1", "GIO_USE_PORTALS": "1", "GDK_DEBUG": "portals"}


class Portal:
    """A process that plays the desktop's part, WITHOUT some portals; a context manager."""

    def __init__(self, without=()):
        self._bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self._process = subprocess.Popen(  # pylint: disable=consider-using-with
            [sys.executable, "-m", "dbusmock", "--session", "--template", TEMPLATE,
             "--parameters", json.dumps({"without": list(without)})],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=dies_with_parent())
        try:
            wait_until(self._is_there, SECONDS, "the portal")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        self._process.kill()
        self._process.wait()
        self._bus.close_sync(None)

    def _is_there(self):
        assert self._process.poll() is None, "dbusmock ended"
        return self._call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                          GLib.Variant("(s)", (NAME,)))[0]

    def _call(self, name, path, interface, method, values=None):
        return self._bus.call_sync(name, path, interface, method, values, None,
                                   Gio.DBusCallFlags.NONE, SECONDS * 1000, None).unpack()

    def _control(self, interface, method, form, *values):
        return self._call(NAME, PATH, interface, method, GLib.Variant(form, values))

    # What it was asked

    def all_calls(self):
        """Returns the name and the arguments of each call, the oldest first."""
        [calls] = self._call(NAME, PATH, MOCK, "GetCalls")
        return [(method, values) for _time, method, values in calls]

    def calls(self, method):
        """Returns the arguments of each call of METHOD."""
        return [values for name, values in self.all_calls() if name == method]

    def forget(self):
        self._call(NAME, PATH, MOCK, "ClearCalls")

    def shown(self):
        """Returns what notifications are there: id to title, body, buttons and so on."""
        shown = {}
        for method, values in self.all_calls():
            if method == "AddNotification":
                shown[values[0]] = values[1]
            elif method == "RemoveNotification":
                shown.pop(values[0], None)
        return shown

    def find(self, title):
        """Returns the notification of that title, or None."""
        return next((said for said in self.shown().values() if said["title"] == title), None)

    def inhibited(self):
        """Returns the flags and the reason of each inhibition that holds."""
        closed = [path for [path] in self.calls("Close")]
        return [tuple(what) for path, *what in self.calls("Granted") if path not in closed]

    # What it does

    def activate(self, program, notification, button=None):
        """What a click does, on NOTIFICATION or its BUTTON: actions “app.” go to the program."""
        if button is None:
            action, target = (notification.get(key) for key in ("default-action",
                                                                "default-action-target"))
        else:
            [(action, target)] = [(one["action"], one.get("target")) for one in
                                  notification["buttons"] if one["label"] == button]
        self._ask(program, "ActivateAction", "(sava{sv})", action.removeprefix("app."),
                  [] if target is None else [GLib.Variant("s", target)], {})

    def open(self, program, uri):
        """What a click on a link of the program's does elsewhere."""
        self._ask(program, "Open", "(asa{sv})", [uri], {})

    def _ask(self, program, method, form, *values):
        self._call(program, f"/{program.replace('.', '/')}", "org.freedesktop.Application", method,
                   GLib.Variant(form, values))

    def set(self, name, value):
        """Sets a property of its template: `allowed`, `chosen` or `stays`."""
        kind = "b" if isinstance(value, bool) else "s"
        self._control("org.freedesktop.DBus.Properties", "Set", "(ssv)", TEST, name,
                      GLib.Variant(kind, value))

    def appear(self, key, value):
        """Sets an entry of org.freedesktop.appearance."""
        self._control(TEST, "SetAppearance", "(su)", key, value)

    def pause(self):
        """Answers nothing, until it goes on."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)
