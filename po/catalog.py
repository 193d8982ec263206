# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Catalogs of translations as gettext's programs read them: .mo files."""

import struct
import subprocess

MAGIC = 0x950412de


class Catalog:
    """Texts and their translations, in the bytes of a .mo file's strings.

    `texts` maps a text, with its context before \\4 and its plural after \\0, to its translation,
    whose plural forms are parted by \\0. The header is the translation of the empty text.
    """

    def __init__(self, texts):
        self.texts = texts

    @classmethod
    def read(cls, path):
        """Reads a .mo file."""
        with open(path, "rb") as file:
            return cls.parse(file.read())

    @classmethod
    def compile(cls, path):
        """Reads a .po file."""
        return cls.parse(subprocess.run(["msgfmt", "--output-file=-", str(path)], check=True,
                                        stdout=subprocess.PIPE).stdout)

    @classmethod
    def parse(cls, data):
        magic, _revision, count, sources, translations = struct.unpack_from("<5I", data)
        assert magic == MAGIC, "not a catalog of this machine's byte order"

        def string(table, number):
            length, start = struct.unpack_from("<2I", data, table + 8 * number)
            return data[start:start + length].decode()

        return cls({string(sources, number): string(translations, number)
                    for number in range(count)})

    def write(self, path):
        """Writes a .mo file."""
        pairs = sorted((source.encode(), translation.encode())
                       for source, translation in self.texts.items())
        columns = list(zip(*pairs))
        start = 28 + 16 * len(pairs)
        tables, strings = b"", b""
        for column in columns:
            for text in column:
                tables += struct.pack("<2I", len(text), start + len(strings))
                strings += text + b"\0"
        with open(path, "wb") as file:
            file.write(struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
                       + tables + strings)

    def entries(self):
        """Yields each text without its context as (text, plural or None, translations)."""
        for source, translation in self.texts.items():
            if source:
                text, _, plural = source.rpartition("\4")[2].partition("\0")
                yield text, plural or None, translation.split("\0")
