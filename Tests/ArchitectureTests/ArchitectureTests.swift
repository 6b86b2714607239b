import FoundationEssentials
import Testing

/// Which module of ours may import which other: the picture in README, as a table.
private let arrows: [String: Set<String>] = [
    "ContactSync": [],
    "Migrations": [],
    "Journal": ["ContactSync", "Migrations"],
    "Projections": ["ContactSync", "Journal"],
    "HTTP": [],
    "EntraID": ["ContactSync", "HTTP"],
    "HappyFox": ["ContactSync", "HTTP"],
    "Mail": ["ContactSync", "CurlSMTP"],
    "Webhook": ["ContactSync", "HTTP"],
    "SyncEngine": ["ContactSync", "Journal", "Projections", "EntraID", "HappyFox", "Mail", "Webhook"],
    "Console": ["ContactSync", "Journal", "Projections"],
    "Simulators": [],
    "foxtrail": [
        "ContactSync", "Migrations", "Journal", "Projections", "HTTP", "EntraID", "HappyFox", "Mail", "Webhook",
        "SyncEngine", "Console", "Simulators",
    ],
    "journal-bench": ["Journal"],
]

/// Modules that come with the toolchain or the system and that no manifest declares.
private let undeclared: Set = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc", "Musl",
    "Darwin",
    "PackageDescription", "Swift", "Testing",
]

/// What would let the same input be decided differently another time or elsewhere.
private var impure: Regex<Substring> {
    #/\bDate\(|Date\.now|Clock|[Rr]andom|shuffle|UUID\(|ProcessInfo|FileManager|\bLocale\b|\bTimeZone\b/#
        .wordBoundaryKind(.simple)
}

@Suite struct ArchitectureTests {
    let tree: SourceTree

    init() throws { tree = try SourceTree() }

    @Test func `every module is in the table of arrows`() {
        #expect(Set(tree.sources.map(\.module)).subtracting(arrows.keys) == [])
    }

    @Test func `our modules import each other along the arrows only`() {
        #expect(tree.sources.flatMap { $0.forbiddenImports() } == [])
    }

    /// SwiftPM does not rebuild a module for a change in one that it imports without declaring it.
    @Test func `every import is declared in the manifest`() {
        #expect((tree.sources + tree.tests).flatMap { $0.undeclaredImports(manifest: tree.manifest) } == [])
    }

    @Test func `the core imports FoundationEssentials and nothing else`() {
        let imports = Set(tree.sources.filter { $0.module == "ContactSync" }.flatMap(\.imports))
        #expect(imports.subtracting(["FoundationEssentials"]) == [])
    }

    @Test func `the core uses no clock, randomness or environment`() {
        #expect(tree.sources.filter { $0.module == "ContactSync" }.flatMap { $0.occurrences(of: impure) } == [])
    }

    @Test func `no source ends the process, escapes the checks or waits to be done`() {
        let unfinished = #/\bTODO\b|\bFIXME\b/#.wordBoundaryKind(.simple)
        let unsafe = #/try!|\bfatalError\(|@unchecked\s+Sendable/#.wordBoundaryKind(.simple)
        #expect(tree.sources.flatMap { $0.occurrences(of: unsafe) } == [])
        #expect(tree.sources.flatMap { $0.occurrences(of: unfinished, inComments: true) } == [])
    }

    @Test func `files are short`() throws {
        #expect(tree.sources.filter { $0.lines > 400 }.map(\.path) == [])
        let lengths = tree.sources.map(\.lines).sorted()
        try #require(!lengths.isEmpty)
        #expect(lengths[lengths.count / 2] < 100)
    }
}

/// The checks above would also hold if nothing were found to check.
@Suite struct ArchitectureCheckerTests {
    @Test func `every way to write an import is found`() {
        // Not one literal of many lines: the check of this very file would take its lines for imports.
        let text = [
            "import A",
            "@testable import B",
            "internal import C;\u{20}package import D",
            "@_exported public import struct E.Thing",
            "@preconcurrency",
            "import F.Sub",
            "#if canImport(Never)",
            "    @_spi(Testing) import `G`",
            "#endif",
            "// import Comment",
            "/* import Block /* nested */",
            "import Block */",
            "let text = \"import String\"  // \"",
            "let importance = important",
            "import func H.run",
        ].joined(separator: "\n")
        let file = SourceFile(path: "a.swift", module: "Any", text: text)
        #expect(file.imports == ["A", "B", "C", "D", "E", "F", "G", "H"])
    }

    @Test(arguments: [
        ("ContactSync", "import Journal"), ("EntraID", "@testable import Journal"), ("HTTP", "internal import EntraID"),
        ("Journal", "package import struct Projections.Row"), ("Simulators", "import ContactSync"),
    ])
    func `an arrow that points the wrong way is reported`(module: String, text: String) {
        #expect(SourceFile(path: "a.swift", module: module, text: text).forbiddenImports().count == 1)
    }

    @Test func `an import is undeclared unless its own target has it`() {
        let manifest = """
            let package = Package(dependencies: [.package(url: "https://host/nio", from: "2.0.0")], targets: [
                // .target(name: "One", dependencies: ["Comment"]),
                .target(name: "One"),
                .target(
                    name: "Two", dependencies: ["One", .product(name: "NIOCore", package: "nio")], path: "Three"),
            ])
            """
        let text = "import Foundation\nimport One\nimport NIOCore\nimport nio\nimport Comment\nimport Three"
        func undeclared(_ module: String) -> [String] {
            SourceFile(path: module, module: module, text: text).undeclaredImports(manifest: Manifest(text: manifest))
        }
        #expect(undeclared("One").count == 5)
        #expect(undeclared("Two") == ["nio", "Comment", "Three"].map { "Two: \($0) is not declared in Package.swift" })
        #expect(undeclared("Missing").count == 5)
    }

    @Test(arguments: [
        "Date()", "ContinuousClock()", "x.randomElement()", "UUID()", "Locale.current", "Foundation.Date()",
    ])
    func `impurity is reported outside of comments`(code: String) {
        let file = SourceFile(path: "a.swift", module: "ContactSync", text: "// \(code)\nlet x = \(code)")
        #expect(file.occurrences(of: impure) == ["a.swift:2: let x = \(code)"])
    }

    @Test func `the real tree is read`() throws {
        let tree = try SourceTree()
        #expect(tree.sources.contains { $0.module == "Migrations" })
        #expect(tree.sources.contains { $0.module == "journal-bench" })
        #expect(tree.sources.contains { $0.module == "ContactSync" && $0.path.hasPrefix("Sources/ContactSync/") })
        #expect(tree.tests.contains { $0.module == "ArchitectureTests" })
        #expect(tree.manifest.dependencies(of: "foxtrail").contains("ArgumentParser"))
    }
}

/// The repository this file lies in.
struct SourceTree {
    let manifest: Manifest
    let sources: [SourceFile]
    let tests: [SourceFile]

    init() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let modules = ["migrations": "Migrations", "tools/benchmarks/journal-bench": "journal-bench"]
        func files(_ folder: String) throws -> [SourceFile] {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)").sorted()
            return try paths.filter { $0.hasSuffix(".swift") }.map { path in
                let module = modules[folder] ?? String(path.prefix { $0 != "/" })
                let text = try String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)
                return SourceFile(path: "\(folder)/\(path)", module: module, text: text)
            }
        }
        manifest = Manifest(text: try String(contentsOfFile: "\(root)/Package.swift", encoding: .utf8))
        sources = try files("Sources") + modules.keys.sorted().flatMap(files)
        tests = try files("Tests")
    }
}

struct SourceFile {
    let path: String
    let module: String
    let text: String
    /// `text` with its comments blanked and its lines kept.
    let code: String

    init(path: String, module: String, text: String) {
        self.path = path
        self.module = module
        self.text = text
        code = blankingComments(text)
    }

    var lines: Int {
        text.split(separator: "\n", omittingEmptySubsequences: false).count - (text.hasSuffix("\n") ? 1 : 0)
    }

    /// The modules that are imported, without submodules and names.
    var imports: [String] {
        let pattern =
            #/
            (?: ^ | ; ) \s*
            (?: @\w+ (?: \([^)]*\) )? \s+ )*
            (?: (?: public | package | internal | fileprivate | private ) \s+ )?
            import \s+
            (?: (?: struct | class | enum | protocol | typealias | func | let | var ) \s+ )?
            `? (\w+)
            /#
            .anchorsMatchLineEndings()
        return code.matches(of: pattern).map { String($0.output.1) }
    }

    func forbiddenImports() -> [String] {
        imports.filter { arrows.keys.contains($0) && arrows[module]?.contains($0) != true }
            .map { "\(path): \(module) may not import \($0)" }
    }

    func undeclaredImports(manifest: Manifest) -> [String] {
        let declared = manifest.dependencies(of: module)
        return imports.filter { !undeclared.contains($0) && !declared.contains($0) }
            .map { "\(path): \($0) is not declared in Package.swift" }
    }

    func occurrences(of pattern: some RegexComponent, inComments: Bool = false) -> [String] {
        (inComments ? text : code).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains(pattern) }
            .map { "\(path):\($0.offset + 1): \($0.element)" }
    }
}

/// Package.swift, read as text: enough for literal target declarations such as ours.
struct Manifest {
    private let code: String

    init(text: String) { code = blankingComments(text) }

    /// The targets and products that the target may import; empty when there is no such target.
    func dependencies(of target: String) -> Set<String> {
        let declaration = #/\.(?:target|executableTarget|testTarget)\(\s*name:\s*"([\w-]+)"/#
        guard let start = code.matches(of: declaration).first(where: { $0.output.1 == target })?.range.upperBound else {
            return []
        }
        let block = untilClosed(code[start...])
        guard let list = block.firstRange(of: #/dependencies:\s*\[/#) else { return [] }
        let entries = untilClosed(block[list.upperBound...]).replacing(#/package:\s*"[^"]*"/#, with: "")
        return Set(entries.matches(of: #/"([^"]*)"/#).map { String($0.output.1) })
    }

    /// What comes before the bracket that closes the one opened before `text`.
    private func untilClosed(_ text: Substring) -> Substring {
        var depth = 1
        return text.prefix { character in
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) { depth -= 1 }
            return depth > 0
        }
    }
}

/// Replaces comments by blanks. Comment marks within a string of one line are left alone; strings of more lines are taken for
/// code, line by line.
private func blankingComments(_ text: String) -> String {
    var result = ""
    var nesting = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var rest = line
        var inString = false
        while let character = rest.first {
            if nesting == 0, inString, character == "\\" {
                result += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if !inString, rest.hasPrefix("/*") {
                nesting += 1
                rest = rest.dropFirst(2)
            } else if nesting > 0, rest.hasPrefix("*/") {
                nesting -= 1
                rest = rest.dropFirst(2)
            } else if nesting == 0, !inString, rest.hasPrefix("//") {
                break
            } else {
                if nesting == 0, character == "\"" { inString.toggle() }
                if nesting == 0 { result.append(character) }
                rest = rest.dropFirst()
            }
        }
        result += "\n"
    }
    return result
}
