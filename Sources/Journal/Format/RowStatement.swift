package import GRDB
import GRDBSQLite

/// A prepared statement driven through SQLite's C interface, for what runs a million times: GRDB's own way of
/// binding and reading costs a fifth more. Use it only inside the closure that hands out the connection.
package struct RowStatement {
    private let statement: Statement
    private let handle: OpaquePointer

    package init(_ db: Database, _ sql: String) throws {
        try self.init(try db.makeStatement(sql: sql))
    }

    /// The connection's own copy of a statement, prepared once. Only for who is done with its rows before anybody
    /// else asks for the same one.
    init(cached db: Database, _ sql: String) throws {
        try self.init(try db.cachedStatement(sql: sql))
    }

    private init(_ statement: Statement) throws {
        self.statement = statement
        guard let handle = Optional(statement.sqliteStatement) else {
            throw JournalError.sqlite(code: SQLITE_MISUSE, message: "an empty statement")
        }
        self.handle = handle
    }

    package func bind(_ index: Int32, _ value: Int64?) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    package func bind(_ index: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(handle, index)
            return
        }
        text.withUTF8 { bindText(index, UnsafeRawBufferPointer($0)) }
    }

    package func bind(_ index: Int32, text bytes: [UInt8]) {
        bytes.withUnsafeBytes { bindText(index, $0) }
    }

    package func bind(_ index: Int32, optionalText bytes: [UInt8]?) {
        if let bytes { bind(index, text: bytes) } else { sqlite3_bind_null(handle, index) }
    }

    /// Without a copy: the bytes must stay until the statement has run.
    func bind(_ index: Int32, borrowedText bytes: UnsafeRawBufferPointer) { bindText(index, bytes, nil) }

    /// Without a copy: the bytes must stay until the statement has run.
    func bind(_ index: Int32, borrowedBlob bytes: UnsafeRawBufferPointer) {
        sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
    }

    private func bindText(
        _ index: Int32, _ bytes: UnsafeRawBufferPointer, _ lifetime: sqlite3_destructor_type? = transient
    ) {
        // SQLite takes a null pointer for NULL, and an empty text is not that.
        let start = bytes.baseAddress ?? UnsafeRawPointer(emptyText.utf8Start)
        sqlite3_bind_text(handle, index, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), lifetime)
    }

    /// Steps to the next row; false where there is none.
    package func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            sqlite3_reset(handle)
            throw JournalError.sqlite(code: code, message: message)
        }
    }

    package func reset() { sqlite3_reset(handle) }

    /// The row that the connection's last INSERT made.
    package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

    /// Runs a statement that returns no rows.
    package func run() throws {
        _ = try step()
        reset()
    }

    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
    package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    package func bytes(_ column: Int32) -> [UInt8] { Array(borrowed(column)) }

    /// A text's or a blob's bytes where SQLite has them: good until the next step or reset.
    func borrowed(_ column: Int32) -> UnsafeRawBufferPointer {
        // In this order: the first call is what may convert, the second counts what is there then.
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    package func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}

/// SQLITE_TRANSIENT: SQLite makes its own copy before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
private let emptyText: StaticString = ""
