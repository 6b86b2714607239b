import ContactSync
import Foundation
import Yams

/// A settings file: a stream of documents, one of the installation at most and one for each of some tenants.
struct ConfigurationFile {
    let installation: InstallationDocument?
    let tenants: [SettingsDocument]

    /// One change of the installation, as if a file said it.
    init(_ edit: @escaping (inout InstallationSettings) throws -> Void) {
        (installation, tenants) = (InstallationDocument(edit), [])
    }

    init(contentsOf file: String) throws {
        // By a handle: a file may be a pipe, as the shell makes of <(...).
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try? handle.readToEnd() ?? Data() else {
            throw Failure(.badInput, "the file \(file) cannot be read", ["check its name and rights"])
        }
        try self.init(data, file: file == "-" ? "stdin" : file)
    }

    init(_ data: Data, file: String) throws {
        let yaml = SettingsYAML(file: file)
        var (installation, tenants) = (InstallationDocument?.none, [SettingsDocument]())
        for document in try yaml.documents(of: data) {
            guard try ConfigurationFile.isOfInstallation(document, yaml) else {
                tenants.append(try SettingsDocument(document, yaml))
                continue
            }
            guard installation == nil else {
                throw yaml.failure(document.first?.value, "the installation's settings stand here twice")
            }
            installation = try InstallationDocument(document, yaml)
        }
        (self.installation, self.tenants) = (installation, tenants)
    }

    /// Which keys there are tells what a document is of.
    private static func isOfInstallation(_ document: [SettingsYAML.Member], _ yaml: SettingsYAML) throws -> Bool {
        let ours = document.filter { SettingsSections.keys.contains($0.name) }
        let theirs = document.filter { SettingsDocument.keys.contains($0.name) }
        if let our = ours.first, let their = theirs.first {
            throw yaml.failure(
                their.value, "\(our.name) is the installation's and \(their.name) a tenant's setting",
                ["each has a document of its own, with a line of --- between them"])
        }
        if ours.isEmpty, theirs.isEmpty {
            try yaml.refuseUnknown(document, SettingsDocument.keys + SettingsSections.keys, in: "")
        }
        return !ours.isEmpty
    }
}

/// The installation's settings as a document holds them; what it does not name stays as it is.
struct InstallationDocument {
    private let edit: (_ settings: inout InstallationSettings, _ secrets: Secrets) throws -> Void

    init(_ root: [SettingsYAML.Member], _ yaml: SettingsYAML) throws {
        try yaml.refuseUnknown(root, SettingsSections.keys, in: "")
        edit = { settings, secrets in
            for section in SettingsSections.all {
                guard let node = root.first(where: { $0.name == section.key })?.value else { continue }
                try section.read(node, SettingsFile(yaml: yaml, secrets: secrets), into: &settings)
            }
        }
    }

    fileprivate init(_ edit: @escaping (inout InstallationSettings) throws -> Void) {
        self.edit = { settings, _ in try edit(&settings) }
    }

    /// The settings that this document makes of the present ones.
    func settings(from present: InstallationSettings, secrets: Secrets) throws -> InstallationSettings {
        var new = present
        try edit(&new, secrets)
        return new
    }
}
