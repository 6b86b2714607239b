import EntraID
import Testing

struct TokenFailureTests {
    private func failure(_ json: String, status: Int = 400) -> TokenFailure {
        TokenFailure(status: status, body: Array(json.utf8))
    }

    @Test(arguments: [" ", #"\r\n"#])
    func `a wrong secret is told in words and takes the authorization back`(separator: String) {
        let error = failure(
            #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\#(separator)Trace ID: t","trace_id":"t"}"#,
            status: 401
        ).entraError
        #expect(error.kind == .authorizationRefused)
        #expect(error.message == "the client secret is wrong (AADSTS7000215, invalid_client)")
        #expect(error.hints == ["authorize the tenant again with the secret's value, not its id"])
        #expect(error.aadsts == 7_000_215 && error.requestID == "t" && error.status == 401)
    }

    @Test(
        arguments: [
            (7_000_222, .authorizationRefused), (700_016, .authorizationRefused), (700_038, .authorizationRefused),
            (65_001, .authorizationRefused), (90_002, .authorizationRefused), (7_000_112, .authorizationRefused),
            (500_011, .unexpected), (9_001_023, .unexpected), (90_033, .unavailable), (50_196, .unavailable),
            (90_055, .unavailable),
        ] as [(Int, EntraError.Kind)])
    func `a known number says what becomes of the tenant`(number: Int, kind: EntraError.Kind) {
        let error = failure(#"{"error":"invalid_request","error_codes":[\#(number)]}"#).entraError
        #expect(error.kind == kind)
        #expect(error.aadsts == number && !error.hints.isEmpty)
    }

    @Test(
        arguments: [
            ("invalid_client", .authorizationLost), ("unauthorized_client", .authorizationLost),
            ("temporarily_unavailable", .transient), ("invalid_scope", .misconfigured), ("new_error", .misconfigured),
        ] as [(String, AADSTS.Consequence)])
    func `an unknown number counts as its error name says`(error: String, consequence: AADSTS.Consequence) {
        #expect(failure(#"{"error":"\#(error)","error_codes":[123456789]}"#).consequence == consequence)
    }

    @Test(arguments: ["", "<html>", "[]", #"{"error":7}"#])
    func `an answer that is no error json still has its status`(body: String) {
        #expect(failure(body, status: 404).entraError.message == "the sign-in service answered 404")
    }

    @Test func `a number is read from the text only where it stands behind its mark`() {
        #expect(AADSTS(in: "x AADSTS70016: y")?.number == 70_016)
        #expect(AADSTS(in: "AADSTS: y") == nil)
        #expect(AADSTS(in: "70016") == nil)
    }
}
