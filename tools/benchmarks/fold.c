// The reference for folding a journal: every event in order, counted by type, over the system's SQLite.
//
//   gcc -O2 -o fold-c tools/bench/fold.c -lsqlite3
//   fold-c FILE
//
// The time runs from the statement's preparation to its last row; opening is not counted.
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLOTS = 1024, LONGEST = 63 };

struct slot {
    char type[LONGEST + 1];
    int length;
    int64_t count;
};

static struct slot slots[SLOTS];
static int distinct;

static struct slot *slot_of(const char *type, int length) {
    uint32_t hash = 2166136261u;
    for (int i = 0; i < length; i++) hash = (hash ^ (unsigned char)type[i]) * 16777619u;
    for (uint32_t i = hash % SLOTS;; i = (i + 1) % SLOTS) {
        struct slot *slot = &slots[i];
        if (slot->count && slot->length == length && !memcmp(slot->type, type, (size_t)length)) return slot;
        if (slot->count) continue;
        if (length > LONGEST || ++distinct > SLOTS / 2) {
            fprintf(stderr, "error: a type name too long, or too many types\n");
            exit(65);
        }
        memcpy(slot->type, type, (size_t)length);
        slot->length = length;
        return slot;
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: fold-c FILE\n");
        return 64;
    }
    sqlite3 *db;
    sqlite3_stmt *rows;
    if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        fprintf(stderr, "error: %s\n", sqlite3_errmsg(db));
        return 74;
    }
    sqlite3_exec(db, "PRAGMA cache_size=-8192", NULL, NULL, NULL);

    double start = now();
    int code = sqlite3_prepare_v2(
        db, "SELECT position, type, subject, previous, data FROM events ORDER BY position", -1, &rows, NULL);
    if (code != SQLITE_OK) {
        fprintf(stderr, "error: %s\n", sqlite3_errmsg(db));
        return 74;
    }
    int64_t events = 0, bytes = 0, subjects = 0, walked = 0;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        if (sqlite3_column_int64(rows, 0) != ++events) {
            fprintf(stderr, "error: a gap before position %lld\n", (long long)sqlite3_column_int64(rows, 0));
            return 76;
        }
        const char *type = (const char *)sqlite3_column_text(rows, 1);
        slot_of(type, sqlite3_column_bytes(rows, 1))->count++;
        subjects += sqlite3_column_text(rows, 2) != NULL;
        walked += sqlite3_column_int64(rows, 3) > 0;
        // An erased event has no data; its length is 0.
        (void)sqlite3_column_blob(rows, 4);
        bytes += sqlite3_column_bytes(rows, 4);
    }
    if (code != SQLITE_DONE) {
        fprintf(stderr, "error: %s\n", sqlite3_errmsg(db));
        return 74;
    }
    double seconds = now() - start;
    sqlite3_finalize(rows);
    sqlite3_close(db);

    printf("{\"seconds\":%.6f,\"events\":%lld,\"eventsPerSecond\":%.0f,\"dataBytes\":%lld,\"withSubject\":%lld,"
           "\"withPrevious\":%lld,\"distinctTypes\":%d,\"types\":{",
           seconds, (long long)events, seconds > 0 ? (double)events / seconds : 0, (long long)bytes, (long long)subjects,
           (long long)walked, distinct);
    const char *comma = "";
    for (int i = 0; i < SLOTS; i++) {
        if (!slots[i].count) continue;
        printf("%s\"%.*s\":%lld", comma, slots[i].length, slots[i].type, (long long)slots[i].count);
        comma = ",";
    }
    printf("}}\n");
    return 0;
}
