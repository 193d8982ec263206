# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever shows notifications on the session's bus: org.freedesktop.Notifications."""

import itertools
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
INTERFACE = """
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>
"""


class Notifications:
    """Shows nothing, and remembers what it was to show; a context manager.

    `shown` has what is there now: number to title, text and actions.
    """

    def __init__(self):
        self.shown = {}
        self.history = []
        self._numbers = itertools.count(1)
        self._context = GLib.MainContext()
        self._loop = GLib.MainLoop.new(self._context, False)
        self._connection = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20), "no name on the bus"

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        self._context.invoke_full(GLib.PRIORITY_DEFAULT, self._loop.quit)
        self._thread.join(20)
        self._connection.close_sync(None)

    def _run(self):
        self._context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self._connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self._connection.register_object(PATH, interface, self._called, None, None)
        Gio.bus_own_name_on_connection(self._connection, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: self._ready.set(), None)
        self._loop.run()
        self._context.pop_thread_default()

    def _called(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        answers = {"GetCapabilities": ("(as)", (["body", "actions"],)),
                   "GetServerInformation": ("(ssss)", ("test", "test", "1", "1.2")),
                   "CloseNotification": None}
        values = arguments.unpack()
        if method == "Notify":
            number = values[1] or next(self._numbers)
            said = {"title": values[3], "text": values[4],
                    "actions": dict(zip(values[5][::2], values[5][1::2]))}
            self.shown[number] = said
            self.history.append(said)
            invocation.return_value(GLib.Variant("(u)", (number,)))
            return
        if method == "CloseNotification":
            self.shown.pop(values[0], None)
        answer = answers[method]
        invocation.return_value(GLib.Variant(*answer) if answer else None)

    def find(self, title):
        """Returns the number of the one of that title, or None."""
        return next((number for number, said in list(self.shown.items())
                     if said["title"] == title), None)

    def act(self, number, action="default"):
        """What a click on it, or on one of its buttons, does."""
        key = next(key for key, label in self.shown[number]["actions"].items()
                   if action in (key, label))
        self._connection.emit_signal(None, PATH, NAME, "ActionInvoked",
                                     GLib.Variant("(us)", (number, key)))
