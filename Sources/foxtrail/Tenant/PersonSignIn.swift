import EntraID
import Foundation
import HTTP

/// A person signs in; where and how is told on stderr.
struct PersonSignIn {
    let endpoints: Endpoints
    /// An id or a domain; nil for the tenant of whoever signs in.
    let tenant: String?
    let clientID: String
    let web: WebClient
    let quiet: Bool

    /// As long as anybody should have to look for the right browser window.
    static let patience: Duration = .seconds(300)

    private func signIn(sleep: @escaping @Sendable (Duration) async throws -> Void) throws -> EntraID.SignIn {
        try EntraID.SignIn(
            endpoints: endpoints, tenant: tenant ?? EntraID.SignIn.anyTenant, clientID: clientID, web: web, sleep: sleep
        )
    }

    func withDeviceCode() async throws -> SignedIn {
        let code = try await signIn { try await Task.sleep(for: $0) }.startDeviceCode()
        Notice.tell([
            "To sign in, open \(code.verificationURI) in a browser on any machine and enter the code \(code.userCode)",
            "The code is good for \(code.lifetime.inWords); Ctrl-C gives up.",
        ])
        let countdown = Countdown("waiting for the sign-in", code.lifetime, quiet: quiet)
        defer { countdown.clear() }
        return try await signIn { try await countdown.sleep($0) }.finish(code)
    }

    func inBrowser() async throws -> SignedIn {
        let signIn = try signIn { try await Task.sleep(for: $0) }
        return try await RedirectListener.run(timeout: PersonSignIn.patience) { listener in
            let request = signIn.browserRequest(redirectURI: listener.redirectURI)
            Browser.show(request.url, to: "sign in")
            return try await signIn.finish(request, query: listener.query())
        }
    }
}

/// The browser of the machine, where there is one.
enum Browser {
    /// Prints the address, and opens it where a person sits at the terminal.
    static func show(_ url: String, to purpose: String) {
        Notice.tell([
            "To \(purpose), open this address in a browser on this machine:", url,
            "Waiting \(PersonSignIn.patience.inWords); Ctrl-C gives up.",
        ])
        if isatty(STDERR_FILENO) == 1 { open(url) }
    }

    private static func open(_ url: String) {
        #if os(macOS)
            let opener = "open"
        #else
            let opener = "xdg-open"
            let environment = ProcessInfo.processInfo.environment
            // Without a screen it would take the terminal for a browser in text.
            guard environment["DISPLAY"] ?? environment["WAYLAND_DISPLAY"] != nil else { return }
        #endif
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [opener, url]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
