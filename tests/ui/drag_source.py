#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A little window from which the file named on the command line can be dragged, as from a file
manager. Ends after one drag: 0 when it was dropped where somebody took it."""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def main():
    Gtk.init()
    text = Gio.File.new_for_path(sys.argv[1]).get_uri() + "\r\n"
    content = Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(text.encode()))
    source = Gtk.DragSource(content=content)
    loop = GLib.MainLoop()
    failed = []
    source.connect("drag-cancel", lambda *_: failed.append(True))
    source.connect("drag-end", lambda *_: loop.quit())
    window = Gtk.Window(title="Drag Source", default_width=200, default_height=60, decorated=False)
    label = Gtk.Label(label="Drag")
    label.add_controller(source)
    window.set_child(label)
    window.present()
    loop.run()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
