import Canvas

/// Reads what a host sends back into slips, strictly: a byte that it does not expect is an error.
///
/// It shares no code with the encoders or the virtual printer, and is written from the command
/// references alone.
struct StreamDecoder {
  enum Dialect: String, CaseIterable {
    case escposRaster = "escpos-raster"
    case escposGraphics = "escpos-graphics"
    case starPRNT = "starprnt"
    case starLine = "star-line"

    var isStar: Bool { self == .starPRNT || self == .starLine }
  }

  struct Slip: Equatable {
    /// True is ink; as wide as the paper.
    var rows: [[Bool]] = []
    /// Tokens in their order: four bytes (`GS ( H`), two (document), one 17 (`ETB`) or one 01 (`GS r`).
    var fences: [[UInt8]] = []
    /// The most rows of one picture.
    var largestRaster = 0
    /// The most bytes of one row.
    var widestRow = 0
    /// Real-time commands that stand within pictures by chance.
    var hazards = 0
  }

  struct Unexpected: Error, CustomStringConvertible {
    var description: String
  }

  /// Slips in the order of their cuts; what follows the last cut is `rest`.
  static func decode(
    _ stream: [UInt8], width: Int, dialect: Dialect = .escposRaster
  ) throws -> (slips: [Slip], rest: Slip) {
    var decoder = StreamDecoder(stream: stream, width: width, dialect: dialect)
    while decoder.index < stream.count {
      decoder.at = decoder.index
      if dialect.isStar { try decoder.readStar() } else { try decoder.readEscPos() }
    }
    if decoder.stored != nil { throw Unexpected(description: "a stored picture is not printed") }
    if decoder.isInRasterMode { throw Unexpected(description: "raster mode is not left") }
    return (decoder.slips, decoder.slip)
  }

  static func rows(of picture: Monochrome) -> [[Bool]] {
    (0..<picture.height).map { y in (0..<picture.width).map { picture[$0, y] } }
  }

  let stream: [UInt8]
  let width: Int
  let dialect: Dialect
  private var index = 0
  /// Where the command began that is being read.
  private var at = 0
  private var slips: [Slip] = []
  var slip = Slip()
  /// Graphics that were stored and not yet printed.
  private var stored: [[Bool]]?
  var isInRasterMode = false

  private init(stream: [UInt8], width: Int, dialect: Dialect) {
    self.stream = stream
    self.width = width
    self.dialect = dialect
  }

  // MARK: Bytes

  mutating func next() throws -> UInt8 {
    guard index < stream.count else { throw Unexpected(description: "the stream ends early") }
    index += 1
    return stream[index - 1]
  }

  /// Low byte first.
  mutating func number() throws -> Int { try Int(next()) + 256 * Int(next()) }

  mutating func next(_ count: Int) throws -> [UInt8] {
    guard index + count <= stream.count else {
      throw Unexpected(description: "the stream ends early")
    }
    index += count
    return Array(stream[index - count..<index])
  }

  mutating func expect(_ bytes: UInt8...) throws {
    for byte in bytes where try next() != byte { throw unexpected() }
  }

  mutating func expect(oneOf values: ClosedRange<UInt8>) throws -> UInt8 {
    let byte = try next()
    guard values.contains(byte) else { throw unexpected() }
    return byte
  }

  /// What was read since the command began, and is none.
  func unexpected() -> Unexpected {
    let bytes = stream[at..<index].map { String($0, radix: 16) }.joined(separator: " ")
    return Unexpected(description: "\(dialect.rawValue): bytes \(bytes) at \(at)")
  }

  // MARK: Paper

  mutating func feed(_ rows: Int) {
    slip.rows += Array(repeating: Array(repeating: false, count: width), count: rows)
  }

  mutating func cut() {
    slips.append(slip)
    slip = Slip()
  }

  /// `rows` rows of `columns` bytes each.
  mutating func readRows(_ rows: Int, columns: Int) throws -> [[Bool]] {
    slip.largestRaster = max(slip.largestRaster, rows)
    slip.widestRow = max(slip.widestRow, columns)
    let data = try next(rows * columns)
    slip.hazards += hazards(in: data)
    return try (0..<rows).map { row in
      try dots(of: data[row * columns..<(row + 1) * columns])
    }
  }

  private func dots(of bytes: ArraySlice<UInt8>) throws -> [Bool] {
    var dots: [Bool] = []
    for byte in bytes {
      for place in [128, 64, 32, 16, 8, 4, 2, 1] { dots.append(Int(byte) / place % 2 == 1) }
    }
    guard !dots.dropFirst(width).contains(true) else {
      throw Unexpected(description: "ink beside the paper in the picture at \(at)")
    }
    return Array(dots.prefix(width)) + Array(repeating: false, count: max(0, width - dots.count))
  }

  private func hazards(in data: [UInt8]) -> Int {
    let commands: [[UInt8]] =
      dialect.isStar
      ? [[0x1B, 0x06, 0x01], [0x1B, 0x06, 0x18]]
      : [[0x10, 0x04], [0x10, 0x05], [0x10, 0x14, 0x08]]
    return data.indices.count { place in
      commands.contains { data[place...].starts(with: $0) }
    }
  }
}

// MARK: - ESC/POS

extension StreamDecoder {
  private mutating func readEscPos() throws {
    if stored != nil {
      // A picture is printed at once: nothing may come between.
      try expect(0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32)
      slip.rows += stored ?? []
      return stored = nil
    }
    switch try (next(), next()) {
    case (0x1B, 0x40): break
    case (0x1B, 0x4A): feed(Int(try next()))
    case (0x10, 0x04): _ = try expect(oneOf: 1...4)
    case (0x10, 0x14): try expect(0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08)
    case (0x1D, 0x61): _ = try next()
    case (0x1D, 0x49): _ = try expect(oneOf: 0x41...0x45)
    case (0x1D, 0x72):
      try expect(0x01)
      slip.fences.append([0x01])
    case (0x1D, 0x56):
      _ = try expect(oneOf: 0x41...0x42)
      feed(Int(try next()))
      cut()
    case (0x1D, 0x76) where dialect == .escposRaster: try readRaster()
    case (0x1D, 0x28): try readFunction()
    default: throw unexpected()
    }
  }

  private mutating func readRaster() throws {
    try expect(0x30, 0x00)
    let columns = try number()
    let rows = try number()
    guard columns > 0, rows > 0 else { throw unexpected() }
    slip.rows += try readRows(rows, columns: columns)
  }

  private mutating func readFunction() throws {
    switch try next() {
    case 0x48:
      try expect(0x06, 0x00, 0x30, 0x30)
      var token: [UInt8] = []
      for _ in 0..<4 { token.append(try expect(oneOf: 0x20...0x7E)) }
      slip.fences.append(token)
    case 0x44: try expect(0x05, 0x00, 0x14, 0x01, 0x00, 0x02, 0x00)
    case 0x4C where dialect == .escposGraphics: try readGraphics()
    default: throw unexpected()
    }
  }

  private mutating func readGraphics() throws {
    let length = try number()
    try expect(0x30, 0x70, 0x30, 0x01, 0x01, 0x31)
    let columns = (try number() + 7) / 8
    let rows = try number()
    guard columns > 0, rows > 0, length == 10 + columns * rows else { throw unexpected() }
    stored = try readRows(rows, columns: columns)
  }
}

// MARK: - Star

extension StreamDecoder {
  private mutating func readStar() throws {
    switch try next() {
    case 0x1B: try readEscape()
    case 0x17 where !isInRasterMode: slip.fences.append([0x17])
    case 0x62 where isInRasterMode:
      let columns = try number()
      slip.rows += try readRows(1, columns: columns)
    default: throw unexpected()
    }
  }

  private mutating func readEscape() throws {
    switch try next() {
    case 0x06: try expect(0x01)
    case 0x2A where dialect == .starLine: try readRasterMode()
    // Within raster mode there is nothing but raster commands.
    case _ where isInRasterMode: throw unexpected()
    case 0x40: break
    case 0x1E: try readStatusSwitch()
    case 0x1D: try readExtended()
    case 0x64:
      _ = try expect(oneOf: 0x02...0x03)
      cut()
    case 0x49: feed(Int(try next()))
    case 0x23: try expect(0x2A, 0x0A, 0x00)
    default: throw unexpected()
    }
  }

  private mutating func readStatusSwitch() throws {
    switch try next() {
    case 0x61: _ = try expect(oneOf: 0x00...0x03)
    case 0x45: try expect(0x00)
    default: throw unexpected()
    }
  }

  private mutating func readExtended() throws {
    switch try next() {
    case 0x03:
      try expect(0x01)
      slip.fences.append(try next(2))
    case 0x53 where dialect == .starPRNT:
      try expect(0x01)
      let columns = try number()
      let rows = try number()
      try expect(0x00)
      guard (1...128).contains(columns), rows > 0 else { throw unexpected() }
      slip.rows += try readRows(rows, columns: columns)
    default: throw unexpected()
    }
  }

  private mutating func readRasterMode() throws {
    try expect(0x72)
    switch (try next(), isInRasterMode) {
    case (0x41, false): isInRasterMode = true
    case (0x42, true): isInRasterMode = false
    case (0x50, _), (0x45, _): _ = try digits()
    case (0x59, true): feed(try digits())
    default: throw unexpected()
    }
  }

  /// A number in digits and a NUL.
  private mutating func digits() throws -> Int {
    var value = Int(try expect(oneOf: 0x30...0x39)) - 0x30
    while true {
      let byte = try next()
      if byte == 0x00 { return value }
      guard (0x30...0x39).contains(byte), value < 10_000 else { throw unexpected() }
      value = value * 10 + Int(byte) - 0x30
    }
  }
}
