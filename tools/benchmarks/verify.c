// The reference for verifying a journal: every event's leaf hash and the tree's root, as migrations/README.md says,
// over the system's SQLite and OpenSSL; the root is compared with the last recorded head.
//
//   gcc -O2 -o verify-c tools/benchmarks/verify.c -lsqlite3 -lcrypto
//   verify-c FILE
//
// The time runs from the statement's preparation to the comparison; opening is not counted. It does less than
// `journal verify`: no tiles, no heads but the last, no schema, no integrity_check.

// The one-shot functions of OpenSSL 3 look their algorithm up at each call, which costs more than hashing an event.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HASH = SHA256_DIGEST_LENGTH, ENTRY = 4096, HEIGHT = 64 };

struct text {
    unsigned char bytes[ENTRY];
    size_t length;
};

// The roots of the whole subtrees so far, largest first, as the binary digits of `size` say (RFC 6962, 2.1).
struct tree {
    unsigned char roots[HEIGHT][HASH];
    int depth;
    int64_t size;
};

static sqlite3 *db;

static void fail(int code, const char *message, int64_t position) {
    fprintf(stderr, "error: %s, event %lld\n", message, (long long)position);
    exit(code);
}

static void check(int code, int expected) {
    if (code == expected) return;
    fprintf(stderr, "error: %s\n", sqlite3_errmsg(db));
    exit(74);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void append(struct text *entry, const void *bytes, size_t length) {
    if (entry->length + length > ENTRY) fail(65, "a header too long", 0);
    memcpy(entry->bytes + entry->length, bytes, length);
    entry->length += length;
}

// Integers in decimal, texts as they are, null as nothing: then the end of the line.
static void line(struct text *entry, sqlite3_stmt *row, int column) {
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER: {
        char digits[24], *end = digits + sizeof digits, *start = end;
        int64_t value = sqlite3_column_int64(row, column);
        uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
        do *--start = (char)('0' + rest % 10);
        while (rest /= 10);
        if (value < 0) *--start = '-';
        append(entry, start, (size_t)(end - start));
        break;
    }
    default: append(entry, sqlite3_column_text(row, column), (size_t)sqlite3_column_bytes(row, column));
    }
    append(entry, "\n", 1);
}

static void commitment_line(struct text *entry, sqlite3_stmt *row, int64_t position) {
    static const char hex[] = "0123456789abcdef";
    const void *salt = sqlite3_column_blob(row, 8), *data = sqlite3_column_blob(row, 9);
    if (!salt || !data) fail(76, "data erased, which this reference does not follow", position);
    unsigned char hash[HASH], text[2 * HASH + 1];
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, salt, (size_t)sqlite3_column_bytes(row, 8));
    SHA256_Update(&context, data, (size_t)sqlite3_column_bytes(row, 9));
    SHA256_Final(hash, &context);
    for (int i = 0; i < HASH; i++) {
        text[2 * i] = (unsigned char)hex[hash[i] >> 4];
        text[2 * i + 1] = (unsigned char)hex[hash[i] & 15];
    }
    text[2 * HASH] = '\n';
    append(entry, text, sizeof text);
}

static void leaf(unsigned char *hash, sqlite3_stmt *row, int64_t position) {
    static struct text entry;
    entry.length = 0;
    append(&entry, "\0foxtrail-event-v1\n", 19);
    for (int column = 0; column < 8; column++) line(&entry, row, column);
    commitment_line(&entry, row, position);
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, entry.bytes, entry.length);
    SHA256_Final(hash, &context);
}

static void join(unsigned char *result, const unsigned char *left, const unsigned char *right) {
    unsigned char node[1 + 2 * HASH] = {1};
    memcpy(node + 1, left, HASH);
    memcpy(node + 1 + HASH, right, HASH);
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, node, sizeof node);
    SHA256_Final(result, &context);
}

static void grow(struct tree *tree, sqlite3_stmt *row) {
    leaf(tree->roots[tree->depth++], row, ++tree->size);
    for (int64_t size = tree->size; size % 2 == 0; size /= 2, tree->depth--)
        join(tree->roots[tree->depth - 2], tree->roots[tree->depth - 2], tree->roots[tree->depth - 1]);
}

static void fold(struct tree *tree) {
    sqlite3_stmt *rows;
    check(sqlite3_prepare_v2(db,
                             "SELECT position, recorded_at, type, version, actor, sync, subject, previous, salt, data"
                             " FROM events ORDER BY position",
                             -1, &rows, NULL),
          SQLITE_OK);
    int64_t latest = INT64_MIN;
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        if (sqlite3_column_int64(rows, 0) != tree->size + 1) fail(76, "missing", tree->size + 1);
        if (sqlite3_column_int64(rows, 1) < latest) fail(76, "older than the one before it", tree->size + 1);
        latest = sqlite3_column_int64(rows, 1);
        grow(tree, rows);
    }
    check(code, SQLITE_DONE);
    sqlite3_finalize(rows);
}

static void compare(const struct tree *tree, const unsigned char *root) {
    sqlite3_stmt *head;
    const char *last = "SELECT size, root FROM heads ORDER BY size DESC LIMIT 1";
    check(sqlite3_prepare_v2(db, last, -1, &head, NULL), SQLITE_OK);
    check(sqlite3_step(head), SQLITE_ROW);
    if (sqlite3_column_int64(head, 0) != tree->size || sqlite3_column_bytes(head, 1) != HASH
        || memcmp(sqlite3_column_blob(head, 1), root, HASH))
        fail(76, "the root is not the recorded head's", tree->size);
    sqlite3_finalize(head);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: verify-c FILE\n");
        return 64;
    }
    check(sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA cache_size=-8192", NULL, NULL, NULL);

    static struct tree tree;
    unsigned char root[HASH];
    double start = now();
    fold(&tree);
    if (tree.depth == 0) fail(76, "no events", 0);
    memcpy(root, tree.roots[tree.depth - 1], HASH);
    for (int i = tree.depth - 2; i >= 0; i--) join(root, tree.roots[i], root);
    compare(&tree, root);
    double seconds = now() - start;
    sqlite3_close(db);

    printf("{\"seconds\":%.6f,\"events\":%lld,\"eventsPerSecond\":%.0f,\"root\":\"", seconds, (long long)tree.size,
           (double)tree.size / seconds);
    for (int i = 0; i < HASH; i++) printf("%02x", root[i]);
    printf("\"}\n");
    return 0;
}
