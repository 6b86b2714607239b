#include "CurlSMTP.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#if LIBCURL_VERSION_NUM < 0x075000
#error "libcurl 7.80 or newer is needed: CURLOPT_PREREQFUNCTION"
#endif

CURLcode curlsmtp_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode curlsmtp_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode curlsmtp_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}

CURLcode curlsmtp_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode curlsmtp_limit_protocols(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
#else
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_SMTP | CURLPROTO_SMTPS));
#endif
}

static int is_goodbye(const char *line, size_t count) {
    return count == 4 && memcmp(line, "QUIT", 4) == 0;
}

static int debug(CURL *handle, curl_infotype type, char *bytes, size_t count, void *context) {
    const struct curlsmtp_callbacks *callbacks = context;
    if (type != CURLINFO_HEADER_IN && type != CURLINFO_HEADER_OUT) return 0;
    while (count > 0) {
        const char *end = memchr(bytes, '\n', count);
        size_t whole = end ? (size_t)(end - bytes) + 1 : count, line = whole;
        while (line > 0 && (bytes[line - 1] == '\n' || bytes[line - 1] == '\r')) line--;
        // After a refusal libcurl says goodbye, and would wait two minutes for the answer.
        if (type == CURLINFO_HEADER_OUT)
            curl_easy_setopt(
                handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, is_goodbye(bytes, line) ? 1L : callbacks->reply_timeout);
        callbacks->line(callbacks->context, type == CURLINFO_HEADER_OUT, bytes, line);
        bytes += whole;
        count -= whole;
    }
    return 0;
}

static int prerequest(void *context, char *to, char *from, int to_port, int from_port) {
    (void)to, (void)from, (void)to_port, (void)from_port;
    const struct curlsmtp_callbacks *callbacks = context;
    return callbacks->may_begin(callbacks->context) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static int progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a, (void)b, (void)c, (void)d;
    const struct curlsmtp_callbacks *callbacks = context;
    return callbacks->should_stop(callbacks->context);
}

static size_t read_message(char *bytes, size_t size, size_t count, void *context) {
    const struct curlsmtp_callbacks *callbacks = context;
    return callbacks->read(bytes, size, count, callbacks->context);
}

CURLcode curlsmtp_set_callbacks(CURL *handle, struct curlsmtp_callbacks *callbacks) {
    CURLcode code = CURLE_OK;
#define SET(option, value) if (code == CURLE_OK) code = curl_easy_setopt(handle, option, value)
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, callbacks->reply_timeout);
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_DEBUGFUNCTION, debug);
    SET(CURLOPT_DEBUGDATA, (void *)callbacks);
    SET(CURLOPT_PREREQFUNCTION, prerequest);
    SET(CURLOPT_PREREQDATA, (void *)callbacks);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, progress);
    SET(CURLOPT_XFERINFODATA, (void *)callbacks);
    SET(CURLOPT_READFUNCTION, read_message);
    SET(CURLOPT_READDATA, (void *)callbacks);
#undef SET
    return code;
}

CURLcode curlsmtp_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

CURLcode curlsmtp_perform(CURL *handle) {
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    CURLcode code = curl_easy_perform(handle);
    if (!sigismember(&before, SIGPIPE)) {
        const struct timespec none = {0, 0};
        while (sigtimedwait(&pipe, NULL, &none) == SIGPIPE) {}
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

void curlsmtp_close(CURL *handle) {
    curl_socket_t connection = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &connection) == CURLE_OK && connection != CURL_SOCKET_BAD)
        shutdown(connection, SHUT_RD);
    curl_easy_cleanup(handle);
}

const char *curlsmtp_default_authorities(void) {
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    return info->age >= CURLVERSION_SEVENTH ? info->cainfo : NULL;
}
