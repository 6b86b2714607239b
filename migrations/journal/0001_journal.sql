-- The journal: see migrations/README.md for what each column means and how an event is hashed.
CREATE TABLE events (
    position    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    type        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    sync        INTEGER,
    subject     TEXT,
    previous    INTEGER,
    salt        BLOB,
    data        TEXT,
    CHECK ((salt IS NULL) = (data IS NULL))
) STRICT;

CREATE TABLE tiles (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    root   BLOB    NOT NULL CHECK (length(root) = 32),
    hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

-- Gap-free from 1. This also stops INSERT OR REPLACE, which passes delete triggers unless recursive_triggers is on.
CREATE TRIGGER events_append BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: positions follow each other'); END;

CREATE TRIGGER events_keep BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: events are never deleted'); END;

-- Erasure is the only update: salt and data of a person's event, after the journal's last event said so.
CREATE TRIGGER events_erase BEFORE UPDATE ON events
WHEN NEW.salt IS NOT NULL OR NEW.data IS NOT NULL
    OR NEW.position IS NOT OLD.position OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.type IS NOT OLD.type
    OR NEW.version IS NOT OLD.version OR NEW.actor IS NOT OLD.actor OR NEW.sync IS NOT OLD.sync
    OR NEW.subject IS NOT OLD.subject OR NEW.previous IS NOT OLD.previous OR OLD.subject IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM events AS erasure
        WHERE erasure.position = (SELECT max(position) FROM events)
            AND erasure.type = 'personErased' AND erasure.subject = OLD.subject
            AND erasure.position > OLD.position)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: only erased data may be removed'); END;

CREATE TRIGGER tiles_append BEFORE INSERT ON tiles
WHEN EXISTS (SELECT 1 FROM tiles WHERE level = NEW.level AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: tiles are written once'); END;

CREATE TRIGGER tiles_keep BEFORE DELETE ON tiles
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: tiles are never deleted'); END;

CREATE TRIGGER tiles_fixed BEFORE UPDATE ON tiles
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: tiles are never changed'); END;

-- The tree's root after each transaction: what the events behind the last whole tile are checked against.
CREATE TABLE heads (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TRIGGER heads_append BEFORE INSERT ON heads
WHEN NEW.size IS NOT (SELECT max(position) FROM events) OR NEW.size <= (SELECT coalesce(max(size), 0) FROM heads)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: a head is the tree after the last event'); END;

CREATE TRIGGER heads_keep BEFORE DELETE ON heads
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: heads are never deleted'); END;

CREATE TRIGGER heads_fixed BEFORE UPDATE ON heads
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: heads are never changed'); END;
