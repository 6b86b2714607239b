import ContactSync
import HTTP
import HappyFox
import Projections
import Simulators
import SyncEngine
import Synchronization
import Testing

/// A scene whose contacts live in a simulated HappyFox account, over real HTTP and on a virtual clock.
final class DeskScene {
    let scene: Scene
    let desk: RunningHappyFox
    private(set) var progress: [HelpDeskProgress] = []
    var onProgress: (HelpDeskProgress) -> Void = { _ in }
    private let web: WebClient

    private init(_ scene: Scene, _ desk: RunningHappyFox, share: Int?) throws {
        (self.scene, self.desk) = (scene, desk)
        var settings = WebSettings()
        settings.environment = [:]
        settings.retry = .single
        // A machine that runs all tests at once may keep one waiting.
        settings.connectTimeout = .seconds(120)
        settings.idleTimeout = .seconds(300)
        web = try WebClient(settings)
        let url = desk.baseURL
        try scene.act { transaction in
            let helpDesk = HelpDesk(kind: .happyfox, url: url, requestShare: share)
            try transaction.append(.helpDeskChanged(.init(helpDesk: helpDesk, relinks: false)), .helpDesk)
        }
    }

    /// - Parameters:
    ///   - latency: What each request takes, in milliseconds of the virtual clock.
    ///   - share: Of the limits, in percent.
    static func with<T>(
        users: Int = 30, seed: UInt64 = 1, pageSize: Int = 100, latency: Int64 = 0, share: Int? = nil,
        configure: (inout HappyFoxSimulator.Configuration) -> Void = { _ in },
        settings: (inout TenantSettings) -> Void = DeskScene.usual, _ body: (DeskScene) async throws -> T
    ) async throws -> T {
        try await Scene.with(users: users, seed: seed, pageSize: pageSize, settings: settings) { scene in
            let clock = scene.clock
            clock.setTick(0)
            var configuration = HappyFoxSimulator.Configuration()
            configuration.now = { clock.time }
            configuration.onRequest = { clock.advance(latency) }
            configure(&configuration)
            return try await HappyFoxSimulator.with(configuration) { desk in
                let result: Result<T, any Error>
                let scene = try DeskScene(scene, desk, share: share)
                scene.connect()
                do { result = .success(try await body(scene)) } catch { result = .failure(error) }
                await scene.web.shutdown()
                return try result.get()
            }
        }
    }

    /// Mobile phone and department, as most tests map them.
    static func usual(_ settings: inout TenantSettings) {
        settings.mapping.phones = [.mobile: "mobilePhone"]
        settings.mapping.customFields = ["Department": "department"]
    }

    private func connect() {
        let (web, clock) = (web, scene.clock)
        scene.helpDesk = HelpDeskConnection(
            client: { desk, gate in
                HappyFoxClient(
                    root: try HappyFoxRoot(desk.url ?? ""), key: try HappyFoxKey("simulated-key:simulated-code"),
                    web: web, gate: gate)
            },
            sleep: { duration in
                let (seconds, attoseconds) = duration.components
                clock.advance(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
            },
            progress: { [unowned self] progress in
                self.progress.append(progress)
                onProgress(progress)
            })
    }

    @discardableResult
    func sync() async throws -> SyncLog {
        progress = []
        return try await scene.sync()
    }

    /// An installation with the embedded help desk that syncs the same tenant in the same way.
    func embeddedTwin() throws -> Scene {
        let twin = try scene.twin()
        try twin.act { transaction in
            try transaction.append(.fieldDefined(.init(name: "Department", type: .text)), .field("Department"))
        }
        return twin
    }

    /// How many requests of a method HappyFox has answered since they were last forgotten.
    func requests(_ method: String) -> Int { desk.requests.count { $0.method == method } }

    /// The contact of the tenant's user with that number.
    func contact(_ index: Int) -> Simulators.HappyFoxContact? {
        desk.contact(email: scene.simulator.directory[index].principalName)
    }

    /// Every user has one contact, that says what Entra says, with one phone of the mapped type; and all laws hold.
    func expectEverybodyOnce(_ location: SourceLocation = #_sourceLocation) throws {
        let contacts = desk.contacts
        let emails = contacts.map { ($0.email ?? "").lowercased() }.filter { !$0.isEmpty }
        #expect(Set(emails).count == emails.count, "an address twice", sourceLocation: location)
        for user in scene.simulator.present {
            let contact = contacts.first { $0.email?.lowercased() == user.principalName.lowercased() }
            #expect(contact?.name == user.displayName, "\(user.principalName)", sourceLocation: location)
            #expect(contact?.fields["Department"]?.text == user.department, sourceLocation: location)
            let numbers = contact?.phones.filter { $0.number == user.mobilePhone }.count
            #expect(numbers == 1, "phones of \(user.principalName): \(contact?.phones ?? [])", sourceLocation: location)
        }
        try Laws.expectAll(scene.home, location)
    }
}
