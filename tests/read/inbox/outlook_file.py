"""Makes a letter as Outlook saves it: a compound file (MS-CFB, version 3) with a stream for each property."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
_ROOT, _STORAGE, _STREAM = 5, 1, 2
Tree = dict[str, "bytes | Tree"]


def outlook_letter(
    subject: str, body: str, name: str, address: str, sent: datetime, files: tuple[tuple[str, bytes], ...] = ()
) -> bytes:
    """The bytes of a .msg."""
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    tree: Tree = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x00390040, 6, ticks),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
        "__substg1.0_0C1A001F": name.encode("utf-16-le"),
        "__substg1.0_5D01001F": address.encode("utf-16-le"),
    }
    for number, (file, data) in enumerate(files):
        part: Tree = {"__substg1.0_3707001F": file.encode("utf-16-le"), "__substg1.0_37010102": data}
        tree[f"__attach_version1.0_#{number:08X}"] = part
    return compound_file(tree)


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        """As it stands in the directory."""
        wide = self.name.encode("utf-16-le")
        links = (_FREE, self.right, self.child)
        return struct.pack(
            "<64sHBB3I16sIQQIQ", wide, len(wide) + 2, self.kind, 1, *links, bytes(16), 0, 0, 0, self.start, self.size
        )


def compound_file(tree: Tree) -> bytes:
    """The tree of streams and storages as one file of up to 60 kB; every stream in it is a small one."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, entries[0], tree)
    small, table = bytearray(), list[int]()
    for entry in entries:
        if entry.data:
            count = -(-len(entry.data) // _MINI)
            entry.start, entry.size = len(table), len(entry.data)
            table += [*range(len(table) + 1, len(table) + count), _END]
            small += entry.data.ljust(count * _MINI, b"\0")
    sizes = [-(-len(entries) * 128 // _SECTOR), -(-len(table) * 4 // _SECTOR), -(-len(small) // _SECTOR)]
    fat, places = [_FAT], list[int]()
    for size in sizes:
        places.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + size), _END]
    assert len(fat) <= _SECTOR // 4
    entries[0].start, entries[0].size = places[2], len(small)
    directory = b"".join(entry.packed() for entry in entries)
    links = struct.pack(f"<{len(table)}I", *table)
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head = struct.pack("<8s16s5H6s", magic, bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6))
    head += struct.pack("<10I", 0, 1, places[0], 0, 4096, places[1], sizes[1], _END, 0, 0)
    sectors = (head, struct.pack(f"<{len(fat)}I", *fat), directory, links, bytes(small))
    return b"".join(part + (b"\0" if part in (directory, small) else b"\xff") * (-len(part) % _SECTOR) for part in sectors)


def _add(entries: list[_Entry], parent: _Entry, tree: Tree) -> None:
    """The entries of a storage: the first is its child, each the right neighbour of the one before."""
    before: _Entry | None = None
    for name, below in sorted(tree.items(), key=lambda one: (len(one[0]), one[0])):
        entry = _Entry(name, _STREAM, below) if isinstance(below, bytes) else _Entry(name, _STORAGE)
        if before is None:
            parent.child = len(entries)
        else:
            before.right = len(entries)
        entries.append(entry)
        before = entry
        if not isinstance(below, bytes):
            _add(entries, entry, below)
