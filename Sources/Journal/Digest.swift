import CSodium
public import Venue

/// BLAKE2b with 256 bits, by libsodium.
public enum Digest {
  /// Bytes of a hash.
  public static let size = 32

  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    precondition(isReady, "libsodium did not start")
    var hash = [UInt8](repeating: 0, count: size)
    unsafe crypto_generichash(&hash, size, bytes, UInt64(bytes.count), nil, 0)
    return hash
  }

  /// "sodium_init() initializes the library and should be called before any other function".
  private static let isReady = sodium_init() >= 0
}

/// Compares states: equal snapshots have equal hashes, on every machine.
public func stateHash(of snapshot: VenueSnapshot) -> [UInt8] {
  Digest.hash(SnapshotCodec.encode(snapshot))
}
