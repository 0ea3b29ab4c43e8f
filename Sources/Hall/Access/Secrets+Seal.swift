import CSodium

/// Sealing with a key that is kept elsewhere: whoever lacks the key learns the length and nothing
/// else, and nobody can change what is sealed without its being noticed.
extension Secrets {
  private static let nonceBytes = 24
  private static let tagBytes = 16

  static func sealingKey() -> [UInt8] { random(bytes: 32) }

  /// A random nonce, then the sealed `text`: 40 bytes longer than that.
  static func seal(_ text: [UInt8], with key: [UInt8]) -> [UInt8] {
    precondition(key.count == crypto_secretbox_keybytes(), "a sealing key has 32 bytes")
    // "The nonce is long enough that randomly generated nonces have negligible risk of collision"
    // (libsodium documentation, "Authenticated encryption").
    let nonce = random(bytes: nonceBytes)
    var sealed = [UInt8](repeating: 0, count: text.count + tagBytes)
    let code = unsafe crypto_secretbox_easy(&sealed, text, UInt64(text.count), nonce, key)
    precondition(code == 0, "crypto_secretbox_easy fails only for texts that no memory holds")
    return nonce + sealed
  }

  /// What was sealed; nil with another key, or when a byte was changed.
  static func open(_ sealed: [UInt8], with key: [UInt8]) -> [UInt8]? {
    guard sealed.count >= nonceBytes + tagBytes, key.count == crypto_secretbox_keybytes() else {
      return nil
    }
    let nonce = Array(sealed.prefix(nonceBytes))
    let box = Array(sealed.dropFirst(nonceBytes))
    var text = [UInt8](repeating: 0, count: box.count - tagBytes)
    let code = unsafe crypto_secretbox_open_easy(&text, box, UInt64(box.count), nonce, key)
    return code == 0 ? text : nil
  }
}
