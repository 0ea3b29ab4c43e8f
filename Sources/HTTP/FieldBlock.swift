/// Name and value pairs in one buffer, in the order received: a request's header fields or query.
///
/// One allocation serves all pairs and the next request on the connection. A lookup scans; requests
/// have about ten fields, and few of them are asked for.
///
/// Layout of a pair: two bytes of name length, two bytes of value length (little end first), the
/// name, the value. A pair beyond 65,535 bytes cannot occur: the header limit is far below.
struct FieldBlock: Sendable {
  private var bytes: [UInt8] = []

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    for length in [name.count, value.count] {
      bytes.append(UInt8(truncatingIfNeeded: length))
      bytes.append(UInt8(truncatingIfNeeded: length >> 8))
    }
    unsafe bytes.append(contentsOf: name)
    unsafe bytes.append(contentsOf: value)
  }

  /// The first value under `name`; ASCII letters match in either case.
  func first(caseless name: String) -> String? {
    for pair in pairs where matches(pair.name, name) {
      return String(decoding: bytes[pair.value], as: UTF8.self)
    }
    return nil
  }

  /// All pairs as text. Bytes that are not UTF-8 become U+FFFD.
  var all: [(name: String, value: String)] {
    pairs.map { pair in
      (
        String(decoding: bytes[pair.name], as: UTF8.self),
        String(decoding: bytes[pair.value], as: UTF8.self)
      )
    }
  }

  private var pairs: PairSequence { PairSequence(bytes: bytes) }

  private func matches(_ range: Range<Int>, _ name: String) -> Bool {
    let wanted = name.utf8
    guard range.count == wanted.count else { return false }
    return zip(bytes[range], wanted).allSatisfy { lowercased($0) == lowercased($1) }
  }
}

private struct PairSequence: Sequence, IteratorProtocol {
  let bytes: [UInt8]
  var position = 0

  mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
    guard position < bytes.count else { return nil }
    let nameStart = position + 4
    let valueStart = nameStart + length(at: position)
    let end = valueStart + length(at: position + 2)
    position = end
    return (nameStart..<valueStart, valueStart..<end)
  }

  private func length(at offset: Int) -> Int {
    Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
  }
}

func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
