# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Something that other programs find on the session's bus."""

import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402


class BusService:
    """Has NAME and answers at PATH, by INTERFACE (a node in XML); a context manager."""

    NAME = PATH = INTERFACE = None

    def __init__(self):
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
        for interface in Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces:
            self._connection.register_object(self.PATH, interface, self._called, None, None)
        Gio.bus_own_name_on_connection(self._connection, self.NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: self._ready.set(), None)
        self._loop.run()
        self._context.pop_thread_default()

    def _called(self, _connection, sender, _path, _interface, method, arguments, invocation):
        """Answers one call, in the thread of the service."""
        invocation.return_value(self.answer(sender, method, arguments.unpack()))

    def answer(self, sender, method, values):
        """Returns a variant, or None for nothing."""
        raise NotImplementedError

    def emit(self, path, interface, signal, values):
        self._connection.emit_signal(None, path, interface, signal, values)
