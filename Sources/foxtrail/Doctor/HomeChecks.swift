import ContactSync
import Foundation
import GRDB
import Journal
import Projections

/// The directory that everything stands in.
struct HomeChecks {
    let home: String
    let secrets: Secrets

    /// Whether there is a directory that can be looked into.
    var isThere: Bool { access(home, R_OK | X_OK) == 0 }

    func findings() -> [Finding] {
        guard access(home, F_OK) == 0 else {
            if errno == EACCES || errno == EPERM { return [directory] }
            return [Finding("home", .fail(.configuration), "there is no directory \(home)", advice: "foxtrail init")]
        }
        guard isThere else { return [directory] }
        return [directory, secretFiles, DiskCheck(home: home).finding, files] + erasure
    }

    private var directory: Finding {
        guard access(home, R_OK | W_OK | X_OK) == 0 else {
            return Finding(
                "home", .fail(.configuration), "\(home) cannot be written",
                advice: "run foxtrail as the owner of \(home), or give it to who runs it")
        }
        guard Secrets.mode(home) & 0o022 == 0 else {
            return Finding("home", .fail(.configuration), "others can write in \(home)", advice: "chmod 700 \(home)")
        }
        guard Secrets.mode(home) & 0o055 == 0 else {
            return Finding("home", .warn, "others can look into \(home)", advice: "chmod 700 \(home)")
        }
        return Finding("home", .ok, "only its owner can read \(home)")
    }

    private var secretFiles: Finding {
        let names = secrets.names
        let paths = [secrets.directory] + names.map(secrets.path)
        let open = paths.filter { Secrets.mode($0) & 0o077 != 0 }
        guard let first = open.first else {
            return Finding("secrets", .ok, names.isEmpty ? "there are none" : "only their owner can read them")
        }
        return Finding(
            "secrets", .fail(.configuration), "others may read \(first)",
            advice: "chmod -R go= \(secrets.directory), and renew what others may have read")
    }

    /// What an interrupted erasure may have left between the rows of the files.
    private var erasure: [Finding] {
        guard ErasureMark(home: home).isSet else { return [] }
        return [
            Finding(
                "erasure", .warn, "an erasure was interrupted: copies of what was erased may be left",
                advice: "foxtrail journal checkpoint finishes it")
        ]
    }

    private var files: Finding { FileCheck(home: home, secrets: secrets).finding }
}

/// What an admin has set up for all tenants.
struct InstallationChecks {
    let models: ReadModels

    func findings() -> [Finding] { [app, timeZone] }

    private var app: Finding {
        do {
            guard try models.read({ try Installation.isAppInstalled($0) }) else {
                return Finding(
                    "app", .fail(.configuration), "the Entra ID app is not installed", advice: "foxtrail app install")
            }
            return Finding("app", .ok, "the Entra ID app is installed")
        } catch {
            return Finding("app", failed: error)
        }
    }

    private var timeZone: Finding {
        do {
            let name = try models.read { try Installation.account($0)?.timeZone } ?? ""
            guard ZoneRules(name) != nil else {
                return Finding(
                    "time zone", .fail(.configuration), "this machine does not know the time zone \(name)",
                    advice: "install the time zone database (tzdata)")
            }
            return Finding("time zone", .ok, name)
        } catch {
            return Finding("time zone", failed: error)
        }
    }
}
