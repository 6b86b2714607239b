/// How many letters stand between a misspelt word and the one that was meant.
package enum EditDistance {
    package static func between(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let substitution = diagonal + (right[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }

    /// The word that was probably meant, without regard to case; nil where none is close for its length: `on` is no `id`.
    package static func nearest(to word: String, in words: some Sequence<String>) -> String? {
        let wanted = word.lowercased()
        let ranked = words.map { (word: $0, distance: between(wanted, $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= min(3, (wanted.count + 2) / 3) && best.distance < wanted.count ? best.word : nil
    }
}
