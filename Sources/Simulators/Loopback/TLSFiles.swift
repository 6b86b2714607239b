/// The PEM files a simulator serves `https` with.
package struct TLSFiles: Sendable {
    /// Path of the certificate chain, leaf first.
    package let certificate: String
    /// Path of the private key.
    package let key: String

    /// Names the two files; they are read when the server starts.
    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
