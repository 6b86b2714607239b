// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "foxtrail",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "foxtrail", targets: ["foxtrail"])],
    dependencies: [
        // Connections, transactions and ordinary queries of the two SQLite files, on the system's libsqlite3.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // The command line: parsing, help, completions.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // HTTP towards Entra ID: TLS, proxies, connection reuse.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // The HTTP server below the simulators.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // SHA-256 for the Merkle tree, for PKCE, for a certificate's thumbprint and for the signature of webhooks.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Client assertions with a certificate (PS256), and the signature of id tokens (RS256).
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        // Subject, expiry and key of the certificate that an app signs in with.
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        // The blocks of that certificate's PEM file.
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        // Settings files.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // Account e-mails are templates that admins replace: values escaped in HTML, conditions where a value is missing.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        // Event loops, buffers and headers of the two HTTP sides above.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Certificates given with --ca-file.
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        // Decompression with a limit, on the HTTP client's side.
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        // Header and method names of the HTTP server's requests.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        // The logger that both HTTP libraries ask for, and that `serve` logs with.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Requests are counted where they are made and shown by who serves metrics. The backend is our own
        // (Sources/Console/Metrics/Counters.swift): the counters are few, and the rest of the page is read from the home.
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // The services of `serve`: begun and ended together, each given the time to end well.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The core: events, decide, evolve. No I/O, no clock, no randomness.
        .target(name: "ContactSync", resources: [.embedInCode("Catalog/properties")]),
        // The journal's SQL, embedded; the format is specified in its README.
        .target(name: "Migrations", path: "migrations", exclude: ["README.md"], resources: [.embedInCode("journal")]),
        // Append, read, prove.
        .target(
            name: "Journal",
            dependencies: [
                "ContactSync", "Migrations",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Read models, thrown away and rebuilt at will.
        .target(
            name: "Projections",
            dependencies: [
                "ContactSync", "Journal",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        // Requests that are retried, limited and believed only whole.
        .target(
            name: "HTTP",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        // Microsoft's identity platform and Graph.
        .target(
            name: "EntraID",
            dependencies: [
                "ContactSync", "HTTP",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ]),
        // A HappyFox account over its REST API.
        .target(name: "HappyFox", dependencies: ["ContactSync", "HTTP"]),
        // The system's libcurl, which Swift cannot set the options of: they are variadic.
        .target(
            name: "CurlSMTP", cSettings: [.treatAllWarnings(as: .error)], linkerSettings: [.linkedLibrary("curl")]),
        // Account e-mails: their texts, and the way to a mail server.
        .target(
            name: "Mail",
            dependencies: ["ContactSync", "CurlSMTP", .product(name: "Mustache", package: "swift-mustache")]),
        // Notices posted to an address, signed.
        .target(
            name: "Webhook", dependencies: ["ContactSync", "HTTP", .product(name: "Crypto", package: "swift-crypto")]),
        // Reads, asks the core, appends, projects, writes to new contacts, tells admins.
        .target(
            name: "SyncEngine",
            dependencies: [
                "ContactSync", "Journal", "Projections", "EntraID", "HappyFox", "Mail", "Webhook",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        // Health and metrics of a running service, over HTTP.
        .target(
            name: "Console",
            dependencies: [
                "ContactSync", "Journal", "Projections",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // The far ends, for the demo, the tests and developers.
        .target(
            name: "Simulators",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "foxtrail",
            dependencies: [
                "ContactSync", "Journal", "Projections", "EntraID", "HappyFox", "Mail", "Webhook", "SyncEngine",
                "Simulators", "Console", "HTTP",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]),
        // The journal timed from inside a process: the command line would add its start, its arguments and its output to
        // what tools/bench compares with C.
        .executableTarget(
            name: "journal-bench", dependencies: ["Journal", .product(name: "GRDB", package: "GRDB.swift")],
            path: "tools/benchmarks/journal-bench"),
        // A server on a bare socket, for answers that no HTTP server would give.
        .target(
            name: "WireFixtures",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/WireFixtures"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "foxtrail", "HTTP", "SyncEngine", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "ContactSyncTests", dependencies: ["ContactSync"]),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "ContactSync", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "WireFixtures"]),
        .testTarget(
            name: "EntraIDTests",
            dependencies: [
                "EntraID", "HTTP", "ContactSync", "WireFixtures",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ]),
        .testTarget(
            name: "HappyFoxTests", dependencies: ["HappyFox", "ContactSync", "HTTP", "Simulators", "WireFixtures"]),
        .testTarget(name: "WebhookTests", dependencies: ["Webhook", "ContactSync", "HTTP", "WireFixtures"]),
        .testTarget(name: "MailTests", dependencies: ["Mail", "CurlSMTP", "ContactSync", "WireFixtures"]),
        .testTarget(
            name: "SimulatorsTests",
            dependencies: [
                "Simulators",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Console", "ContactSync", "Journal", "Projections", "HTTP", "WireFixtures",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "SyncEngineTests",
            dependencies: [
                "SyncEngine", "Projections", "Journal", "ContactSync", "EntraID", "HappyFox", "HTTP", "Mail",
                "Simulators", "Webhook",
                "WireFixtures",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
