# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A door in front of a server's unix socket that counts how often a client waits for an answer."""

import os
import select
import socket
import threading


class CountingProxy:
    """Listens at PATH for the server at TARGET; `round_trips` only grows.

    A round trip begins whenever a client sends something after it was answered, or for the first
    time: however many commands it sends at once, and however long the answer.
    """

    def __init__(self, path, target):
        self.round_trips = 0
        self._target = target
        self._peers = {}
        self._clients = set()
        self._spoke = set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen()
        self._wake, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        os.close(self._stop)
        self._thread.join()
        for end in [self._listener, *self._peers]:
            end.close()
        os.close(self._wake)

    def _serve(self):
        while True:
            ready, _, _ = select.select([self._wake, self._listener, *self._peers], [], [])
            if self._wake in ready:
                return
            for end in ready:
                if end is self._listener:
                    self._accept()
                elif end in self._peers:
                    self._pass_on(end)

    def _accept(self):
        client, _address = self._listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._target)
        self._peers.update({client: server, server: client})
        self._clients.add(client)

    def _pass_on(self, end):
        peer = self._peers[end]
        try:
            data = end.recv(1 << 20)
            if data:
                if end not in self._clients:
                    self._spoke.discard(peer)
                elif end not in self._spoke:
                    self._spoke.add(end)
                    self.round_trips += 1
                peer.sendall(data)
                return
        except OSError:
            pass
        for gone in (end, peer):
            del self._peers[gone]
            self._clients.discard(gone)
            self._spoke.discard(gone)
            gone.close()
