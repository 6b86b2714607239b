/// The pairs of a query string or of a form body. Names are compared without regard to case, because Microsoft's own
/// documents spell `$deltatoken` and `$deltaToken`.
struct Fields: Sendable {
    private let pairs: [(name: String, value: String)]

    init(_ text: Substring) {
        pairs = text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                Self.decoded(halves.first ?? "", plusIsSpace: true).lowercased(),
                halves.count > 1 ? Self.decoded(halves[1], plusIsSpace: true) : ""
            )
        }
    }

    /// Lower-cased.
    var names: [String] { pairs.map(\.name) }

    /// The first value of that name; the name is given in lower case.
    subscript(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// Every value of that name; the name is given in lower case.
    func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// A stray `%` stands for itself, as in most servers.
    static func decoded(_ text: Substring, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = hexPair(rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Everything but the unreserved characters of RFC 3986, so that the result fits anywhere in a URL.
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ","):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(contentsOf: Hex.upper(byte))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexPair(_ pair: Substring.UTF8View) -> UInt8? {
        guard pair.count == 2 else { return nil }
        let digits = pair.compactMap(Hex.value)
        return digits.count == 2 ? digits[0] << 4 | digits[1] : nil
    }
}
