#!/usr/bin/env python3
"""Verifies a Foxtrail journal, an export of one, or a proof, without Foxtrail.

  verify-journal.py PATH --public-key KEY [--checkpoint FILE]...
  verify-journal.py journal.sqlite --public-key KEY --checkpoint FILE     # a journal file carries no signature itself
  verify-journal.py journal.sqlite                                        # without a key: the tree, no signature

PATH is journal.sqlite or a backup, a jsonl export, the directory of a tiles export, or a .tlog-proof. KEY is what
`foxtrail journal checkpoint --public-key` prints; ask for it once, by a way you trust. A --checkpoint that was taken
earlier must be of the same journal and of events that are still there.

One file, Python's standard library, written from migrations/README.md. Exit codes: 0 verified, 65 not what it should
be, 76 does not verify.
"""

import argparse
import base64
import binascii
import hashlib
import json
import os
import sqlite3
import struct
import sys
import unicodedata

COLUMNS = ["position", "recorded_at", "type", "version", "actor", "sync", "subject", "previous", "salt", "data"]
# What stays of an event whose data was erased.
LEFT = ["commitment", "erasure", "residue"]


class Wrong(Exception):
    """Does not verify."""


class Unreadable(Exception):
    """Not what it should be: nothing can be said of it."""


def check(holds, fault):
    if not holds:
        raise Wrong(fault)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text):
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Unreadable(f"not base 64: {text!r}") from error
    # The one spelling of these bytes: else a changed file could say the same.
    if base64.b64encode(raw).decode() != text:
        raise Unreadable(f"not base 64: {text!r}")
    return raw


# Ed25519, RFC 8032 section 5.1, in extended coordinates as in its section 6.

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Adds two points (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, d - c, d + c, high + low
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(encoded):
    """The point that 32 bytes stand for; None where there is none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public, signature, message):
    if len(signature) != 64:
        return False
    key, commitment, answer = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or answer >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same_point(multiply(answer, BASE), add(commitment, multiply(challenge, key)))


class Key:
    """Who must have signed: NAME+ID+KEY."""

    def __init__(self, text):
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not is_name(parts[0]):
            raise Unreadable("the public key is not NAME+ID+KEY")
        self.name, raw = parts[0], unbase64(parts[2])
        if len(raw) != 33 or raw[0] != 1:
            raise Unreadable("the public key is not of Ed25519")
        self.public = raw[1:]
        self.id = sha256(self.name.encode(), b"\n\x01", self.public)[:4]
        if self.id.hex() != parts[1]:
            raise Unreadable("the public key does not fit its id")


def is_name(text):
    return text != "" and not any(character == "+" or character.isspace() or unicodedata.category(character)[0] == "Z"
                                  for character in text)


class Checkpoint:
    """A signed tree head, which counts for nothing until `verify`."""

    def __init__(self, raw, name="the checkpoint"):
        self.name = name
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable(f"{name} is not a text") from error
        if any(ord(character) < 32 and character != "\n" for character in text) or not text.endswith("\n"):
            raise Unreadable(f"{name} is not a note")
        self.text, separator, below = text.rpartition("\n\n")
        self.text += "\n"
        self.signatures = below[:-1].split("\n")
        lines = self.text.split("\n")[:-1]
        if not separator or len(lines) < 3 or "" in lines:
            raise Unreadable(f"{name} is not a checkpoint")
        self.origin, size, root = lines[0], lines[1], unbase64(lines[2])
        if not (size.isascii() and size.isdigit()) or str(int(size)) != size or len(root) != 32:
            raise Unreadable(f"{name} is not a checkpoint")
        self.size, self.root = int(size), root

    def verify(self, key):
        """By the key, which is named as the journal is."""
        found = False
        for line in self.signatures:
            words = line.split(" ")
            if len(words) != 3 or words[0] != "\u2014" or not is_name(words[1]):
                raise Unreadable(f"{self.name} has a line that is no signature")
            raw = unbase64(words[2])
            if words[1] == key.name and raw[:4] == key.id:
                check(signed_by(key.public, raw[4:], self.text.encode()), f"the signature of {self.name} is wrong")
                found = True
        check(found, f"{self.name} is not signed by {key.name}+{key.id.hex()}")
        check(self.origin == key.name, f"{self.name} is of {self.origin}, the key of {key.name}")


# The tree, RFC 6962 section 2.1.

def leaf_hash(entry):
    return sha256(b"\x00", entry)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


class Tree:
    """Grows leaf by leaf; knows the roots of the perfect subtrees that it is made of."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, leaf):
        self.peaks.append(leaf)
        self.size += 1
        rest = self.size
        while rest & 1 == 0:
            right = self.peaks.pop()
            self.peaks[-1] = node_hash(self.peaks[-1], right)
            rest >>= 1

    def root(self):
        if not self.peaks:
            return sha256()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(hashes):
    tree = Tree()
    for one in hashes:
        tree.append(one)
    return tree.root()


def root_by_path(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2."""
    node, last, result = index, size - 1, leaf
    check(0 <= index < size, f"index {index} is not in a tree of {size}")
    for sibling in path:
        check(last > 0, "the path is too long")
        if node & 1 or node == last:
            result = node_hash(sibling, result)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        node, last = node >> 1, last >> 1
    check(last == 0, "the path is too short")
    return result


# Events.

def entry_of(event):
    """The ten lines that an event is in the tree."""
    commitment = event["commitment"] if is_erased(event) else sha256(event["salt"], event["data"]).hex()
    fields = ["foxtrail-event-v1"] + [event[name] for name in COLUMNS[:8]] + [commitment]
    return "".join(("" if field is None else str(field)) + "\n" for field in fields).encode()


def parse_entry(entry):
    try:
        lines = entry.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Unreadable("an entry is not a text") from error
    if len(lines) != 11 or lines[0] != "foxtrail-event-v1" or lines[10] != "":
        raise Unreadable("an entry is not one of ten lines")
    return dict(zip(COLUMNS[:8], lines[1:9])), lines[9]


def is_erased(event):
    return event["salt"] is None and event["data"] is None


def check_event(event, position):
    kinds = dict(position=int, recorded_at=int, type=str, version=int, actor=str, sync=(int, type(None)),
                 subject=(str, type(None)), previous=(int, type(None)))
    if is_erased(event):
        check(event.get("commitment") is not None, f"event {position} lost its data without an erasure")
        kinds.update(commitment=str, erasure=int, residue=bytes)
    else:
        kinds.update(salt=bytes, data=bytes)
    for name, kind in kinds.items():
        check(isinstance(event[name], kind) and not isinstance(event[name], bool),
              f"event {position} has no {name}, or one of another kind")
    check(event["position"] == position, f"event {position} is missing")
    check(event["previous"] is None or 0 < event["previous"] < position, f"event {position} does not point backwards")
    for name in ("type", "actor", "subject"):
        check("\n" not in (event[name] or ""), f"event {position} has two lines where one is")


class Erasures:
    """Holds what stayed of erased events against the events that erased them."""

    def __init__(self):
        self.open, self.count = {}, 0

    def take(self, event):
        position = event["position"]
        if is_erased(event):
            self.count += 1
            check(event["erasure"] > position, f"event {position} was erased before it was recorded")
            found = self.open.setdefault(event["erasure"], [0, hashlib.sha256()])
            found[0] += 1
            found[1].update(f"{position}\n{event['commitment']}\n".encode() + event["residue"] + b"\n")
        elif event["type"] == "personErased":
            count, digest = self.open.pop(position, [0, hashlib.sha256()])
            says = parse_json(event["data"], f"event {position}")
            check((says.get("events"), says.get("digest")) == (count, digest.hexdigest()),
                  f"what event {position} erased is not what stayed of {says.get('events')} events")

    def end(self, size=None):
        """An export of the first `size` events may hold some that were erased later."""
        missing = [position for position in self.open if size is None or position <= size]
        check(not missing, f"events lost their data by event {min(missing, default=0)}, which is no erasure")

    def told(self):
        return f", {self.count} of them erased" if self.count else ""


class Heads:
    """Compares checkpoints as the tree grows to their sizes."""

    def __init__(self, checkpoints):
        self.waiting = sorted(checkpoints, key=lambda checkpoint: checkpoint.size)

    def at(self, tree):
        while self.waiting and self.waiting[0].size == tree.size:
            first = self.waiting.pop(0)
            check(tree.root() == first.root,
                  f"forked: the first {tree.size} events are not those that {first.name} signed")

    def end(self, tree):
        for rest in self.waiting:
            raise Wrong(f"truncated, or an older copy: {rest.name} signed {rest.size} events, and there are {tree.size}")


# A journal file.

def verify_journal(path, checkpoints):
    # Without a log beside it, nothing but this file is read.
    has_log = os.path.exists(path + "-wal") and os.path.getsize(path + "-wal") > 0
    quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    database = sqlite3.connect(f"file:{quoted}?mode=ro" + ("" if has_log else "&immutable=1"), uri=True)
    try:
        return verify_database(database, checkpoints)
    except sqlite3.Error as error:
        raise Wrong(f"the database cannot be read: {error}") from error
    finally:
        database.close()


def verify_database(database, checkpoints):
    if database.execute("PRAGMA application_id").fetchone()[0] != 0x466F7874:
        raise Unreadable("not a Foxtrail journal")
    damage = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    check(damage == "ok", f"the database is damaged: {damage}")
    heads = iter(database.execute("SELECT size, root FROM heads ORDER BY size"))
    head = next(heads, None)
    tree, awaited, behind = Tree(), Heads(checkpoints), 0
    levels, erasures = Levels(database), Erasures()
    for event in events_of(database):
        check_event(event, tree.size + 1)
        erasures.take(event)
        if tree.size == 0:
            check_origin(event, checkpoints)
        leaf = leaf_hash(entry_of(event))
        tree.append(leaf)
        levels.append(leaf)
        if head and head[0] == tree.size:
            check(head[1] == tree.root(), f"an event up to {tree.size} is not what was recorded")
            head, behind = next(heads, None), tree.size
        awaited.at(tree)
    check(tree.size > 0, "there are no events")
    check(head is None and behind == tree.size, "the last event has no head, or a head no event")
    levels.end()
    erasures.end()
    awaited.end(tree)
    return f"{tree.size} events{erasures.told()}, root {tree.root().hex()}"


def events_of(database):
    """The events in order; what stayed of erased ones comes with them."""
    columns = ", ".join(f"events.{name}" for name in COLUMNS[:9]) + ", CAST(events.data AS BLOB)"
    if database.execute("PRAGMA user_version").fetchone()[0] < 2:
        for row in database.execute(f"SELECT {columns} FROM events ORDER BY position"):
            yield dict(zip(COLUMNS, row))
        return
    left = 0
    for row in database.execute(f"SELECT {columns}, lower(hex(commitment)), erasure, CAST(residue AS BLOB) FROM events "
                                "LEFT JOIN erased USING (position) ORDER BY events.position"):
        event = dict(zip(COLUMNS + LEFT, row))
        check(is_erased(event) or event["erasure"] is None, f"event {row[0]} is said to be erased and is not")
        left += event["erasure"] is not None
        yield event if is_erased(event) else {name: event[name] for name in COLUMNS}
    rows = database.execute("SELECT count(*) FROM erased").fetchone()[0]
    check(rows == left, "what is said to be erased is no event")


def check_origin(event, checkpoints):
    """A checkpoint must be of this journal."""
    try:
        origin = "foxtrail/" + json.loads(event["data"])["journal"]
    except (ValueError, KeyError, TypeError) as error:
        raise Wrong("the first event does not name the journal") from error
    for checkpoint in checkpoints:
        check(checkpoint.origin == origin, f"{checkpoint.name} is of {checkpoint.origin}, this journal is {origin}")


class Levels:
    """The whole tiles of a journal file, compared as they fill."""

    def __init__(self, database):
        self.database, self.levels, self.whole = database, [[]], 0

    def append(self, leaf, level=0):
        if level == len(self.levels):
            self.levels.append([])
        row = self.levels[level]
        row.append(leaf)
        if len(row) % 256:
            return
        number = len(row) // 256 - 1
        hashes = row[-256:]
        root = root_of(hashes)
        stored = self.database.execute("SELECT root, hashes FROM tiles WHERE level = ? AND number = ?",
                                       (level, number)).fetchone()
        check(stored == (root, b"".join(hashes)), f"tile {number} of level {level} is not that of the events")
        self.whole += 1
        self.append(root, level + 1)

    def end(self):
        count = self.database.execute("SELECT count(*) FROM tiles").fetchone()[0]
        check(count == self.whole, f"there are {count} tiles, expected {self.whole}")


# Exports.

def verify_jsonl(path, key, checkpoints):
    tree, awaited, own, erasures = Tree(), None, None, Erasures()
    with open(path, "rb") as file:
        for number, line in enumerate(file):
            check(line.endswith(b"\n"), "the last line is cut off")
            record = parse_json(line, f"line {number + 1}")
            if number == 0:
                if record.get("format") != "foxtrail-journal-v1" or not isinstance(record.get("checkpoint"), str):
                    raise Unreadable("not a jsonl export of a Foxtrail journal")
                check(set(record) == {"format", "checkpoint"}, "line 1 has other members")
                own = Checkpoint(record["checkpoint"].encode(), "the export's checkpoint")
                own.verify(key)
                awaited = Heads([own] + checkpoints)
                continue
            erased = record.get("data") is None
            check(set(record) == set(COLUMNS + (LEFT if erased else [])), f"line {number + 1} has other members")
            event = remaining(record, number) if erased else opened(record, number)
            check_event(event, number)
            erasures.take(event)
            tree.append(leaf_hash(entry_of(event)))
            awaited.at(tree)
    if own is None:
        raise Unreadable("the file is empty")
    check(tree.size == own.size, f"there are {tree.size} events, and {own.size} were signed")
    awaited.end(tree)
    erasures.end(tree.size)
    return f"{tree.size} events{erasures.told()}, root {tree.root().hex()}, signed by {key.name}"


def parse_json(raw, what):
    def once(pairs):
        members = dict(pairs)
        if len(members) != len(pairs):
            raise ValueError("a member twice")
        return members
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=once)
    except ValueError as error:
        raise Unreadable(f"{what} is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is not an object")
    return value


def opened(record, position):
    check(isinstance(record["salt"], str) and isinstance(record["data"], str), f"event {position} has no data")
    try:
        return {**record, "salt": unbase64(record["salt"]), "data": record["data"].encode()}
    except UnicodeEncodeError as error:
        raise Unreadable(f"event {position} holds no text") from error


def remaining(record, position):
    check(record["salt"] is None and isinstance(record["residue"], str), f"event {position} has a salt and no data")
    return {**record, "residue": record["residue"].encode()}


def tile_path(level, number):
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join(["tile", str(level)] + groups)


def verify_tiles(path, key, checkpoints):
    def read(name):
        try:
            with open(os.path.join(path, *name.split("/")), "rb") as file:
                return file.read()
        except OSError as error:
            raise Wrong(f"{name} cannot be read: {error.strerror}") from error

    own = Checkpoint(read("checkpoint"), "the export's checkpoint")
    own.verify(key)
    tree, awaited, row = Tree(), Heads([own] + checkpoints), []
    for first in range(0, own.size, 256):
        width = min(256, own.size - first)
        for entry in entries(read(named("entries", first // 256, width)), width):
            fields, _ = parse_entry(entry)
            check(fields["position"] == str(tree.size + 1), f"event {tree.size + 1} is missing")
            row.append(leaf_hash(entry))
            tree.append(row[-1])
            awaited.at(tree)
    level = 0
    while row:
        for first in range(0, len(row), 256):
            part = row[first:first + 256]
            name = named(level, first // 256, len(part))
            check(read(name) == b"".join(part), f"{name} is not that of the entries")
        row = [root_of(row[first:first + 256]) for first in range(0, len(row) - 255, 256)]
        level += 1
    check(tree.root() == own.root, "the entries are not those that were signed")
    awaited.end(tree)
    return f"{tree.size} entries, root {tree.root().hex()}, signed by {key.name}"


def named(level, number, width):
    return tile_path(level, number) + ("" if width == 256 else f".p/{width}")


def entries(bundle, count):
    at = 0
    for _ in range(count):
        check(at + 2 <= len(bundle), "a bundle of entries is cut off")
        length = struct.unpack_from(">H", bundle, at)[0]
        at += 2
        check(at + length <= len(bundle), "a bundle of entries is cut off")
        yield bundle[at:at + length]
        at += length
    check(at == len(bundle), "a bundle has more than its entries")


# A proof of one event.

def verify_proof(path, key, checkpoints):
    with open(path, "rb") as file:
        above, separator, below = file.read().partition(b"\n\n")
    try:
        lines = above.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Unreadable("not a proof") from error
    if not separator or len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
        raise Unreadable("not a proof of a Foxtrail journal")
    extra = parse_json(unbase64(lines[1][len("extra "):]), "the extra line")
    index = lines[2][len("index "):]
    if set(extra) != {"entry", "salt", "data"} or not isinstance(extra["entry"], str):
        raise Unreadable("the extra line does not hold an event")
    if not lines[2].startswith("index ") or not index.isdigit() or str(int(index)) != index:
        raise Unreadable("the index is not a number")
    checkpoint = Checkpoint(below, "the proof's checkpoint")
    checkpoint.verify(key)
    for other in checkpoints:
        check(other.size != checkpoint.size or other.root == checkpoint.root,
              f"forked: {other.name} signed another journal of {other.size} events")
    entry = extra["entry"].encode()
    fields, commitment = parse_entry(entry)
    check(fields["position"] == str(int(index) + 1), "the entry is of another position")
    root = root_by_path(leaf_hash(entry), int(index), checkpoint.size, [hash_of(line) for line in lines[3:]])
    check(root == checkpoint.root, "the event is not in the signed journal")
    return told(fields, extra, commitment)


def hash_of(text):
    raw = unbase64(text)
    if len(raw) != 32:
        raise Unreadable("a line of the path is not a hash")
    return raw


def told(fields, extra, commitment):
    """The proven event, in words."""
    lines = [f"{name}: {fields[name]}" for name in COLUMNS[:8] if fields[name]]
    if extra["salt"] is None and extra["data"] is None:
        return "\n".join(lines + ["data: erased"])
    event = opened(extra, fields["position"])
    check(sha256(event["salt"], event["data"]).hex() == commitment, "the data is not what was recorded")
    return "\n".join(lines + [f"data: {extra['data']}"])


def verify(path, key, checkpoints):
    if os.path.isdir(path):
        return verify_tiles(path, needed(key), checkpoints)
    with open(path, "rb") as file:
        start = file.read(24)
    if start.startswith(b"SQLite format 3\0"):
        if key is not None and not checkpoints:
            raise Unreadable("a journal file carries no signature: name a --checkpoint")
        return verify_journal(path, checkpoints)
    if start.startswith(b"c2sp.org/tlog-proof@v1\n"):
        return verify_proof(path, needed(key), checkpoints)
    if start.startswith(b"{"):
        return verify_jsonl(path, needed(key), checkpoints)
    raise Unreadable("neither a journal, nor an export, nor a proof")


def needed(key):
    if key is None:
        raise Unreadable("whether it is genuine only a signature tells: name the --public-key")
    return key


def main():
    description, _, rest = __doc__.partition("\n\n")
    parser = argparse.ArgumentParser(description=description, epilog=rest,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="a journal, an export or a proof")
    parser.add_argument("--public-key", metavar="KEY", help="who must have signed it")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[],
                        help="a checkpoint that was taken earlier")
    options = parser.parse_args()
    try:
        key = Key(options.public_key) if options.public_key else None
        checkpoints = []
        for name in options.checkpoint:
            with open(name, "rb") as file:
                checkpoints.append(Checkpoint(file.read(), name))
            checkpoints[-1].verify(needed(key))
        print("verified: " + verify(options.path, key, checkpoints))
    except Wrong as error:
        print(f"error: does not verify: {error}", file=sys.stderr)
        return 76
    except (Unreadable, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main())
