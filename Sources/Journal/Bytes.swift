/// Why bytes are not what they should be.
struct CodecError: Error, Equatable, CustomStringConvertible {
  /// Where in the payload, in bytes from its start.
  let offset: Int
  let reason: String

  var description: String { "\(reason) at byte \(offset)" }
}

/// Builds the compact form of events and snapshots.
///
/// Numbers are LEB128: seven bits a byte, the lowest first. Signed numbers are zigzag before that.
/// Texts and lists begin with their count. A value that may be missing begins with 0 or 1.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func write(byte: UInt8) { bytes.append(byte) }

  mutating func write(flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func write(signed value: Int64) {
    write(unsigned: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  /// Eight bytes, the lowest first.
  mutating func write(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(raw: [UInt8]) { bytes.append(contentsOf: raw) }

  mutating func write(counted: [UInt8]) {
    write(unsigned: UInt64(counted.count))
    bytes.append(contentsOf: counted)
  }

  mutating func write(text: String) {
    let utf8 = text.utf8
    write(unsigned: UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }

  mutating func write<Value>(
    optional value: Value?, _ write: (inout ByteWriter, Value) -> Void
  ) {
    self.write(flag: value != nil)
    if let value { write(&self, value) }
  }

  mutating func write<Element>(
    list: [Element], _ write: (inout ByteWriter, Element) -> Void
  ) {
    self.write(unsigned: UInt64(list.count))
    for element in list { write(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote, and only that: every value has one form and all others are errors.
///
/// No input makes it trap, and none makes it reserve more than the input's own size.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - offset }

  func error(_ reason: String) -> CodecError { CodecError(offset: offset, reason: reason) }

  mutating func readByte() throws(CodecError) -> UInt8 {
    guard offset < bytes.count else { throw error("the payload ends too early") }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func readFlag() throws(CodecError) -> Bool {
    switch try readByte() {
    case 0: return false
    case 1: return true
    case let other: throw error("\(other) is neither yes nor no")
    }
  }

  mutating func readUnsigned() throws(CodecError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      let bits = UInt64(byte & 0x7f)
      guard shift < 63 || bits <= 1 else { throw error("a number of more than 64 bits") }
      value |= bits << shift
      if byte < 0x80 {
        guard byte != 0 || shift == 0 else { throw error("a number with needless zeros") }
        return value
      }
      shift += 7
      guard shift < 64 else { throw error("a number of more than 64 bits") }
    }
  }

  mutating func readSigned() throws(CodecError) -> Int64 {
    let value = try readUnsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func readInt32() throws(CodecError) -> Int32 {
    guard let value = Int32(exactly: try readSigned()) else {
      throw error("a number of more than 32 bits")
    }
    return value
  }

  mutating func readInt() throws(CodecError) -> Int { Int(try readSigned()) }

  mutating func readWord() throws(CodecError) -> UInt64 {
    guard remaining >= 8 else { throw error("the payload ends too early") }
    var value: UInt64 = 0
    for index in (0..<8).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
    offset += 8
    return value
  }

  mutating func readCounted() throws(CodecError) -> [UInt8] {
    Array(bytes[try readRange()])
  }

  mutating func readText() throws(CodecError) -> String {
    let range = try readRange()
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw error("a text that is not UTF-8")
    }
    return text
  }

  mutating func readOptional<Value>(
    _ read: (inout ByteReader) throws(CodecError) -> Value
  ) throws(CodecError) -> Value? {
    try readFlag() ? try read(&self) : nil
  }

  mutating func readList<Element>(
    _ read: (inout ByteReader) throws(CodecError) -> Element
  ) throws(CodecError) -> [Element] {
    let count = try readCount()
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try read(&self)) }
    return list
  }

  /// Nothing may follow what was read.
  func finish() throws(CodecError) {
    guard remaining == 0 else { throw error("\(remaining) bytes too many") }
  }

  private mutating func readRange() throws(CodecError) -> Range<Int> {
    let count = try readCount()
    defer { offset += count }
    return offset..<offset + count
  }

  /// Everything that is counted takes a byte at least, so no true count exceeds what remains.
  private mutating func readCount() throws(CodecError) -> Int {
    let count = try readUnsigned()
    guard count <= UInt64(remaining) else { throw error("the payload ends too early") }
    return Int(count)
  }
}
