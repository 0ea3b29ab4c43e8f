import CSodium

/// Random tokens and hashes; everything cryptographic is libsodium's.
enum Secrets {
  /// Must have run before anything else here; traps where the system has no randomness.
  private static let isReady: Bool = {
    // "sodium_init() initializes the library and should be called before any other function"
    // (libsodium documentation, "Usage").
    precondition(sodium_init() >= 0, "libsodium found no source of randomness")
    return true
  }()

  static func random(bytes count: Int) -> [UInt8] {
    _ = isReady
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe randombytes_buf(&bytes, count)
    return bytes
  }

  /// 256 bits as 64 hexadecimal digits.
  static func token() -> String { hex(random(bytes: 32)) }

  /// Eight characters for a person to type: 40 bits, valid for minutes and few attempts.
  static func code() -> String {
    String(decoding: random(bytes: 8).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
  }

  /// BLAKE2b-256. Enough for tokens and codes, which are random; never for passwords.
  static func hash(_ bytes: [UInt8]) -> [UInt8] {
    _ = isReady
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
    return digest
  }

  static func hash(_ text: String) -> [UInt8] { hash(Array(text.utf8)) }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

// MARK: - Passwords

extension Secrets {
  private static let passes: UInt64 = 2
  private static let memoryBytes = 64 << 20
  private static let storedBytes = 128

  /// Argon2id with 64 MiB and 2 passes, salt included. Takes about 0.13 s: one at a time.
  static func passwordHash(of secret: String) -> String? {
    _ = isReady
    var stored = [CChar](repeating: 0, count: storedBytes)
    let code = unsafe crypto_pwhash_str_alg(
      &stored, secret, UInt64(secret.utf8.count), passes, memoryBytes,
      crypto_pwhash_ALG_ARGON2ID13)
    guard code == 0 else { return nil }
    return String(decoding: stored.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static func matches(_ secret: String, passwordHash: String) -> Bool {
    _ = isReady
    var stored = passwordHash.utf8.map(CChar.init(bitPattern:))
    guard stored.count < storedBytes else { return false }
    stored += [CChar](repeating: 0, count: storedBytes - stored.count)
    return unsafe crypto_pwhash_str_verify(stored, secret, UInt64(secret.utf8.count)) == 0
  }
}
