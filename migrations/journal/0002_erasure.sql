-- What stays of an event whose data was erased, and which event says so: see migrations/README.md.
CREATE TABLE erased (
    position   INTEGER PRIMARY KEY,
    erasure    INTEGER NOT NULL,
    commitment BLOB    NOT NULL CHECK (length(commitment) = 32),
    residue    TEXT    NOT NULL
) STRICT;

-- Only behind an event that says so and is the journal's last, and once for each event.
CREATE TRIGGER erased_append BEFORE INSERT ON erased
WHEN NEW.position >= NEW.erasure
    OR EXISTS (SELECT 1 FROM erased WHERE position = NEW.position)
    OR NOT EXISTS (SELECT 1 FROM events WHERE position = NEW.position AND data IS NOT NULL AND type <> 'personErased')
    OR NOT EXISTS (
        SELECT 1 FROM events
        WHERE position = NEW.erasure AND type = 'personErased'
            AND position = (SELECT max(position) FROM events))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: only an erasure says what is erased'); END;

CREATE TRIGGER erased_keep BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: what stays of erased events is never deleted'); END;

CREATE TRIGGER erased_fixed BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: what stays of erased events is never changed'); END;

-- An erasure is about one person, and a person's data is not only in the events of one subject.
DROP TRIGGER events_erase;

-- The only update: salt and data of an event whose commitment stays, by the erasure that is the journal's last event.
CREATE TRIGGER events_erase BEFORE UPDATE ON events
WHEN NEW.salt IS NOT NULL OR NEW.data IS NOT NULL
    OR NEW.position IS NOT OLD.position OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.type IS NOT OLD.type
    OR NEW.version IS NOT OLD.version OR NEW.actor IS NOT OLD.actor OR NEW.sync IS NOT OLD.sync
    OR NEW.subject IS NOT OLD.subject OR NEW.previous IS NOT OLD.previous
    OR NOT EXISTS (
        SELECT 1 FROM erased
        WHERE position = OLD.position AND erasure = (SELECT max(position) FROM events))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only: only erased data may be removed'); END;
