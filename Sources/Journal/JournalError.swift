/// What can be wrong with a journal. Messages are for people: lower case, no full stop.
package enum JournalError: Error, Equatable {
    case notFound(path: String)
    case notAJournal(path: String)
    case newerFormat(version: Int)
    case exists(path: String)
    /// Another process is writing.
    case busy
    case unknownEvent(type: String, version: Int, position: Position)
    case malformedEvent(type: String, position: Position)
    /// What the tiles say does not fit the events.
    case broken(String)
    case system(operation: String, path: String, code: Int32)
    case sqlite(code: Int32, message: String)
}
