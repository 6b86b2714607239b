#ifndef CURL_SMTP_H
#define CURL_SMTP_H

#include <curl/curl.h>
#include <stddef.h>

/// The parts of libcurl's easy interface that are variadic, each with one type, so that Swift can call them
/// (https://curl.se/libcurl/c/curl_easy_setopt.html). Nothing is decided here.

CURLcode curlsmtp_set_long(CURL *handle, CURLoption option, long value);

/// libcurl keeps a copy.
CURLcode curlsmtp_set_string(CURL *handle, CURLoption option, const char *value);

/// libcurl keeps a copy.
CURLcode curlsmtp_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count);

/// For a list, which must live as long as the transfer, and for the bytes of the error buffer.
CURLcode curlsmtp_set_pointer(CURL *handle, CURLoption option, void *value);

/// SMTP and SMTPS, and nothing that a setting could turn them into.
CURLcode curlsmtp_limit_protocols(CURL *handle);

/// Whom a transfer tells what happens, all with the same context.
struct curlsmtp_callbacks {
    void *context;
    /// A line of the dialogue, without its end; `is_sent` is 0 for what the server says.
    void (*line)(void *context, int is_sent, const char *bytes, size_t count);
    /// Up to `room` bytes of the message; 0 at its end.
    size_t (*read)(char *bytes, size_t size, size_t count, void *context);
    /// Connected, and about to name the sender: 0 ends the transfer.
    int (*may_begin)(void *context);
    /// Asked about once a second: anything but 0 ends the transfer.
    int (*should_stop)(void *context);
    /// The longest wait for a reply, in seconds.
    long reply_timeout;
};

/// `callbacks` must live as long as the handle.
CURLcode curlsmtp_set_callbacks(CURL *handle, struct curlsmtp_callbacks *callbacks);

CURLcode curlsmtp_get_long(CURL *handle, CURLINFO info, long *value);

/// Runs the transfer. A server that hangs up in the middle of a write must not end the process: with
/// CURLOPT_NOSIGNAL, which threads need, libcurl leaves SIGPIPE to us.
CURLcode curlsmtp_perform(CURL *handle);

/// Ends the connection, if one stands, and the handle. libcurl waits two minutes for the answer to its QUIT, and nobody
/// here does: QUIT is sent, and what comes back is not read.
void curlsmtp_close(CURL *handle);

/// The file of certificates that this libcurl trusts by default; NULL where it has none.
const char *curlsmtp_default_authorities(void);

#endif
