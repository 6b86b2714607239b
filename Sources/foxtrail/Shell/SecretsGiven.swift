import Foundation
import Journal

extension Secrets {
    /// Reads a secret from a file that an admin names: its first line.
    static func read(file: String) throws -> String {
        let line = try text(of: file, what: "secret file").split(whereSeparator: \.isNewline).first ?? ""
        let secret = line.trimmingCharacters(in: .whitespaces)
        guard !secret.isEmpty else { throw Failure(.badInput, "the secret file \(file) is empty") }
        guard secret.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Failure(.badInput, "the secret file \(file) holds control characters")
        }
        return secret
    }

    /// Reads a whole file that an admin names.
    static func text(of file: String, what: String) throws -> String {
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
        guard size <= 65_536 else { throw Failure(.badInput, "the \(what) \(file) is larger than 64 KiB") }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.badInput, "the \(what) \(file) cannot be read", ["check its name and rights"])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure(.badInput, "the \(what) \(file) is not text")
        }
        return text
    }

    /// What to tell an admin whose secret others can reach; nil where they cannot. It is told and not refused: files that a
    /// container is given are often everybody's, in a place where nobody else is.
    static func exposure(of file: String) -> String? {
        let path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        // A device has the rights that it needs.
        guard FileStatus(path)?.isRegular == true else { return nil }
        var reach = mode(path) & 0o044
        var directory = path[...]
        while reach != 0, let slash = directory.lastIndex(of: "/") {
            directory = directory[..<slash]
            // Who may not pass a directory reaches nothing below it.
            let passage = mode(directory.isEmpty ? "/" : String(directory))
            if passage & 0o010 == 0 { reach &= ~0o040 }
            if passage & 0o001 == 0 { reach &= ~0o004 }
        }
        return reach == 0 ? nil : "other users of this machine can read \(file): chmod 600 \(file)"
    }

    /// The rights of what a path leads to; none where there is nothing.
    static func mode(_ path: String) -> UInt32 {
        (FileStatus(URL(fileURLWithPath: path).resolvingSymlinksInPath().path)?.mode ?? 0) & 0o7777
    }
}
