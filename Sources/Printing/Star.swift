/// The commands of Star's StarPRNT and line modes that slips need, as Star's references write them
/// (StarPRNT Command Specifications; STAR Line Mode Command Specifications).
enum Star {
  static let initialise: [UInt8] = [0x1B, 0x40]
  /// `ESC RS a`: tell changes of status unasked.
  static let automaticStatus: [UInt8] = [0x1B, 0x1E, 0x61, 0x01]
  /// `ESC ACK SOH`: the automatic status now; obeyed at once.
  static let statusRequest: [UInt8] = [0x1B, 0x06, 0x01]
  /// `ESC # *`: model and version; answered with 1B 23 2A 2C, text, 0A 00.
  static let identity: [UInt8] = [0x1B, 0x23, 0x2A, 0x0A, 0x00]

  /// What printers obey wherever it stands, also within pictures: `ESC ACK`.
  static let hazards = Hazards(first: 0x1B, seconds: [0x06])

  /// `ESC GS S`: a raster picture; its data follow. At most 128 bytes a row.
  static func raster(bytesPerRow: Int, rows: Int) -> [UInt8] {
    [0x1B, 0x1D, 0x53, 0x01] + EscPos.word(bytesPerRow) + EscPos.word(rows) + [0x00]
  }

  /// `ESC I`: moves the paper by so many dots (eighths of a millimetre), in steps of 255 at most.
  static func feed(dots: Int) -> [UInt8] { EscPos.steps(dots, 255).flatMap { [0x1B, 0x49, $0] } }

  /// `ESC d`: feeds to the cutter and cuts.
  static func cut(isFull: Bool) -> [UInt8] { [0x1B, 0x64, isFull ? 0x02 : 0x03] }

  /// `ESC GS ETX`: answers with the same bytes, a counter and 00 once all before it is printed.
  static func document(_ token: FenceToken) -> [UInt8] { [0x1B, 0x1D, 0x03, 0x01] + token.bytes }

  /// `ETB`: once all before it is printed, the counter of the automatic status goes up by one.
  static let etb: [UInt8] = [0x17]

  // MARK: Raster mode of the line mode

  /// Enters raster mode, for a page without end, and with nothing to be done on leaving.
  static let enterRaster: [UInt8] =
    [0x1B, 0x2A, 0x72, 0x41] + [0x1B, 0x2A, 0x72, 0x50, 0x30, 0x00]
    + [0x1B, 0x2A, 0x72, 0x45, 0x31, 0x00]
  static let leaveRaster: [UInt8] = [0x1B, 0x2A, 0x72, 0x42]

  /// `b`: one row of so many bytes; they follow.
  static func row(bytes: Int) -> [UInt8] { [0x62] + EscPos.word(bytes) }

  /// `ESC * r Y`: moves down by so many dots, in decimal digits.
  static func moveDown(dots: Int) -> [UInt8] {
    [0x1B, 0x2A, 0x72, 0x59] + Array(String(dots).utf8) + [0x00]
  }
}
