// The reference for appending to the journal: the same table and pragmas over the system's SQLite, and nothing else: no
// hashing, no tree, no triggers, no secure_delete. It also checkpoints a quarter as often (every 16,000 pages, the journal
// every 4,000), so the last pages reach the file after its time has ended: a little to its favour.
//
//   gcc -O2 -o append-c tools/benchmarks/append.c -lsqlite3
//   append-c FILE EVENTS BATCH
//
// FILE must not exist. The time runs from the first BEGIN to the end of the last COMMIT.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DATA = 600, SALT = 16 };

static sqlite3 *db;

static void check(int code, int expected) {
    if (code == expected) return;
    fprintf(stderr, "error: %s (%d)\n", db ? sqlite3_errmsg(db) : sqlite3_errstr(code), code);
    exit(74);
}

static void execute(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK); }

// SQLite passes over a pragma that it cannot follow, so each is read back.
static void expect(const char *pragma, const char *value) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(db, pragma, -1, &statement, NULL), SQLITE_OK);
    check(sqlite3_step(statement), SQLITE_ROW);
    const char *found = (const char *)sqlite3_column_text(statement, 0);
    if (!found || strcmp(found, value)) {
        fprintf(stderr, "error: %s is %s, not %s\n", pragma, found ? found : "null", value);
        exit(70);
    }
    sqlite3_finalize(statement);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long positive(const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*text == 0 || *end != 0 || value < 1) {
        fprintf(stderr, "error: %s is not a positive number\n", text);
        exit(64);
    }
    return value;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: append-c FILE EVENTS BATCH\n");
        return 64;
    }
    long events = positive(argv[2]), batch = positive(argv[3]);
    if (access(argv[1], F_OK) == 0) {
        fprintf(stderr, "error: %s exists\n", argv[1]);
        return 73;
    }

    check(sqlite3_open(argv[1], &db), SQLITE_OK);
    execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=16000;"
            "CREATE TABLE events(position INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, type TEXT NOT NULL,"
            " version INTEGER NOT NULL, actor TEXT NOT NULL, sync INTEGER, subject TEXT, previous INTEGER,"
            " salt BLOB, data BLOB) STRICT");
    expect("PRAGMA page_size", "8192");
    expect("PRAGMA journal_mode", "wal");
    expect("PRAGMA synchronous", "2");
    expect("PRAGMA cache_size", "-8192");
    expect("PRAGMA wal_autocheckpoint", "16000");

    sqlite3_stmt *begin, *insert, *commit;
    check(sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL), SQLITE_OK);
    check(sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL), SQLITE_OK);
    check(sqlite3_prepare_v2(db,
                             "INSERT INTO events(position, recorded_at, type, version, actor, sync, subject, previous,"
                             " salt, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             -1, &insert, NULL),
          SQLITE_OK);

    static const char *const types[] = {"userFetched", "contactCreated"};
    char data[DATA + 1], subject[80], salt[SALT];
    memset(data, 'x', DATA);

    double start = now();
    for (long position = 1; position <= events;) {
        check(sqlite3_step(begin), SQLITE_DONE);
        sqlite3_reset(begin);
        for (long i = 0; i < batch && position <= events; i++, position++) {
            // Each user is fetched, then has a contact: two events of one subject.
            long user = (position + 1) / 2;
            int length = snprintf(subject, sizeof subject, "aaaabbbb-0000-4ccc-9ddd-111122223333/%08lx-0000-4000-8000-%012lx",
                                  user & 0xffffffffL, user);
            data[snprintf(data, 32, "{\"n\":%020ld,", position)] = 'x';
            memcpy(salt, &position, sizeof position);
            memset(salt + sizeof position, 0x5a, SALT - sizeof position);
            sqlite3_bind_int64(insert, 1, position);
            sqlite3_bind_int64(insert, 2, 1760000000000LL + position);
            sqlite3_bind_text(insert, 3, types[(position + 1) % 2], -1, SQLITE_STATIC);
            sqlite3_bind_int64(insert, 4, 1);
            sqlite3_bind_text(insert, 5, "sync", 4, SQLITE_STATIC);
            sqlite3_bind_int64(insert, 6, 1);
            sqlite3_bind_text(insert, 7, subject, length, SQLITE_STATIC);
            if (position % 2 == 0)
                sqlite3_bind_int64(insert, 8, position - 1);
            else
                sqlite3_bind_null(insert, 8);
            sqlite3_bind_blob(insert, 9, salt, SALT, SQLITE_STATIC);
            sqlite3_bind_blob(insert, 10, data, DATA, SQLITE_STATIC);
            check(sqlite3_step(insert), SQLITE_DONE);
            sqlite3_reset(insert);
        }
        check(sqlite3_step(commit), SQLITE_DONE);
        sqlite3_reset(commit);
    }
    double seconds = now() - start;

    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(commit);
    check(sqlite3_close(db), SQLITE_OK);
    printf("{\"seconds\":%.6f,\"events\":%ld,\"eventsPerSecond\":%.0f}\n", seconds, events, (double)events / seconds);
    return 0;
}
