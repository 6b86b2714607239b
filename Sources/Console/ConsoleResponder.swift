import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Which page answers which request.
struct ConsoleResponder: HTTPResponder {
    typealias Context = ConsoleContext

    let pages: ConsolePages

    /// Beside the event loops: pages are read from files.
    @concurrent
    func respond(to request: Request, context: ConsoleContext) async throws -> Response {
        guard let page = page(request.uri.path) else {
            return Page(status: .notFound, type: .text, text: "no such page: /healthz, /readyz, /metrics\n").response
        }
        switch request.method {
        case .get: return page().response
        case .head: return page().response.createHeadResponse()
        default:
            var response = Page(status: .methodNotAllowed, type: .text, text: "only GET and HEAD\n").response
            response.headers[.allow] = "GET, HEAD"
            return response
        }
    }

    private func page(_ path: String) -> (() -> Page)? {
        switch path {
        case "/healthz": pages.health
        case "/readyz": pages.readiness
        case "/metrics": pages.metrics
        default: nil
        }
    }
}

/// Nothing is kept of a request.
struct ConsoleContext: InitializableFromSource {
    init(source: ApplicationRequestContextSource) {}
}

/// One answer.
struct Page {
    enum ContentType: String {
        case text = "text/plain; charset=utf-8"
        case json = "application/json"
        /// Prometheus's text exposition format.
        case metrics = "text/plain; version=0.0.4; charset=utf-8"
    }

    let status: HTTPResponse.Status
    let type: ContentType
    let text: String

    var response: Response {
        Response(
            status: status, headers: [.contentType: type.rawValue, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
