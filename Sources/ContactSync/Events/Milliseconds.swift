/// Spans as times are counted here: since 1970, in milliseconds.
package enum Milliseconds {
    package static let day: Int64 = 86_400_000
}
