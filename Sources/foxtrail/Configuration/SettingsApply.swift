import ArgumentParser

struct SettingsApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Save settings from a YAML file; enabling contact sync starts the first sync at once.",
        discussion: """
            Example: foxtrail settings apply acme.yaml --dry-run
            Example: foxtrail settings export --json | foxtrail settings apply -

            The file holds what `settings export` prints, or a part of it: documents separated by ---, one of the \
            installation and one for each tenant.

              account: {timeZone: Europe/Berlin}         name, portalURL and plan too
              app: true                                  installed or not
              helpDesk: embedded                         or {happyfox: URL,
                                                         apiKeyFile: FILE}
              agents: [{email: ann@acme.example, name: Ann, role: admin}]
              contactFields: [{name: Floor, type: number, required: true}]
              mail: none                                 or {host, from, user,
                                                         passwordFile}, see mail set
              mailTexts: usual                           or {subject, text, html}
              ---
              tenant: contoso.example                    needed where there are several
              contactSync: true
              users: all                                 everybody, or members of groups
              users: {groups: [Support, Sales]}          by name or id, nested ones too
              include: {guests: false, disabled: false}  leaves these out
              fullReadDays: 7                            days until all are read again
              guard: {updates: 20%, creates: 50%}        or off: a sync that would change
                                                         more, and 50 contacts at least,
                                                         is held until `sync approve`

            What the file does not name stays as it is. But lists, and helpDesk, mail, phones, customFields, guard and \
            users, are replaced whole: who is not among the agents is removed, what is not in phones is mapped no \
            longer. account, mailTexts, include and fields keep what they leave out. Groups are looked up in Entra ID \
            and saved by id. Files of secrets are read and kept; their paths are relative to the home directory, and \
            the file that is in use changes nothing. Where a help desk or a mail server moves to another host, another \
            file has to be named: the secret in use is not sent there.

            All is checked before anything is changed, and changed at once or not at all. The difference is printed; \
            the second time there is nothing to change.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file, or - for stdin.") var file: String
    @Flag(help: "Check everything and print the difference, but change nothing.") var dryRun = false

    func run() async throws {
        try await ConfigurationSave(global: global).apply(ConfigurationFile(contentsOf: file), isDryRun: dryRun)
    }
}
