internal import CurlSMTP

/// One easy handle of libcurl, and with it at most one connection: for one thread at a time
/// (https://curl.se/libcurl/c/threadsafe.html).
final class CurlHandle {
    private let handle: UnsafeMutableRawPointer
    private let exchange = CurlExchange()
    private let callbacks = UnsafeMutablePointer<curlsmtp_callbacks>.allocate(capacity: 1)
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let login: SMTPLogin?
    private let replyTimeout: Int
    /// A connection may stand from the message before.
    private var hasServed = false

    /// Once in a process; libcurl 7.84 and newer do it behind a lock, and so does this.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    init?(_ settings: SMTPSettings) {
        guard CurlHandle.isReady, let handle = curl_easy_init() else {
            callbacks.deallocate()
            errorText.deallocate()
            return nil
        }
        self.handle = handle
        replyTimeout = settings.timeout
        login = settings.login
        callbacks.initialize(to: exchange.callbacks(replyTimeout: settings.timeout))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard set(settings) else { return nil }
    }

    deinit {
        // Says QUIT, which may come back through the callbacks: they go last.
        curlsmtp_close(handle)
        callbacks.deallocate()
        errorText.deallocate()
    }

    private func set(_ settings: SMTPSettings) -> Bool {
        let texts: [(CURLoption, String?)] = [
            (CURLOPT_URL, settings.url), (CURLOPT_USERNAME, login?.user), (CURLOPT_PASSWORD, login?.password),
            // Over TLS both are as safe as any other, and every server means the same by them.
            (CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN"),
            // The environment's proxy is one for the web.
            (CURLOPT_PROXY, ""),
        ]
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_USE_SSL, Int(settings.startsTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue)),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            // RFC 8996 has put away what was before.
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_CONNECTTIMEOUT, settings.connectTimeout), (CURLOPT_TIMEOUT, settings.timeout),
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1), (CURLOPT_FOLLOWLOCATION, 0),
        ]
        let isSet =
            texts.allSatisfy { $0.1 == nil || curlsmtp_set_string(handle, $0.0, $0.1) == CURLE_OK }
            && numbers.allSatisfy { curlsmtp_set_long(handle, $0.0, $0.1) == CURLE_OK }
        return isSet && setAuthorities(settings.authorities)
            && curlsmtp_limit_protocols(handle) == CURLE_OK
            && curlsmtp_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText) == CURLE_OK
            && curlsmtp_set_callbacks(handle, callbacks) == CURLE_OK
    }

    private func setAuthorities(_ bytes: [UInt8]?) -> Bool {
        guard let bytes else { return true }
        return curlsmtp_set_blob(handle, CURLOPT_CAINFO_BLOB, bytes, bytes.count) == CURLE_OK
    }

    /// Sends one message, on the connection of the one before where it still stands.
    func send(_ message: [UInt8], from: String, to: String, stop: StopFlag) -> (SMTPDialogue, CurlEnd) {
        let (first, end) = attempt(message, from: from, to: to, stop: stop, isFresh: false)
        // The server may have given up waiting, or take so many messages on one connection and no more.
        let isStale = !stop.isSet && first.step != .message && (first.reply.map { $0.code == 421 } ?? true)
        defer { hasServed = true }
        guard hasServed, isStale, end.code != CURLE_OK, number(CURLINFO_NUM_CONNECTS) == 0 else { return (first, end) }
        return attempt(message, from: from, to: to, stop: stop, isFresh: true)
    }

    private func attempt(
        _ message: [UInt8], from: String, to: String, stop: StopFlag, isFresh: Bool
    ) -> (SMTPDialogue, CurlEnd) {
        exchange.begin(message, needsLogin: login != nil, stop: stop)
        errorText[0] = 0
        let recipients = curl_slist_append(nil, "<\(to)>")
        defer { curl_slist_free_all(recipients) }
        var code = curlsmtp_set_string(handle, CURLOPT_MAIL_FROM, "<\(from)>")
        if code == CURLE_OK { code = curlsmtp_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients) }
        if code == CURLE_OK { code = curlsmtp_set_long(handle, CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0) }
        // A goodbye before has made the server's time short.
        if code == CURLE_OK { code = curlsmtp_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, replyTimeout) }
        if code == CURLE_OK { code = curlsmtp_perform(handle) }
        // The list does not live on.
        curlsmtp_set_pointer(handle, CURLOPT_MAIL_RCPT, nil)
        return (exchange.dialogue, CurlEnd(code: code, words: words(code), isStopped: stop.isSet))
    }

    private func words(_ code: CURLcode) -> String {
        let text = errorText[0] == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
        return text.map { HeaderText.oneLine(String(cString: $0)) } ?? "error \(code.rawValue)"
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        return curlsmtp_get_long(handle, info, &value) == CURLE_OK ? value : 0
    }
}
