/// The commands of Epson's ESC/POS that slips need, as its published reference writes them.
enum EscPos {
  /// `ESC @`: initialise. Switches automatic status off too.
  static let initialise: [UInt8] = [0x1B, 0x40]
  /// `GS a`: tell changes of status unasked: online, errors, paper (0x0E).
  static let automaticStatus: [UInt8] = [0x1D, 0x61, 0x0E]
  /// `GS ( D`: `DLE DC4` 1 and 2 (drawer, power off) are not obeyed.
  static let disableRealTimePulses: [UInt8] = [
    0x1D, 0x28, 0x44, 0x05, 0x00, 0x14, 0x01, 0, 0x02, 0,
  ]
  /// `GS I`: maker and model; answered with 5F, text, 00. Clones lie.
  static let identity: [UInt8] = [0x1D, 0x49, 0x42] + model
  static let model: [UInt8] = [0x1D, 0x49, 0x43]
  /// `DLE EOT n`, n = 1 to 4: printer, offline cause, error cause, paper; answered at once.
  static let statusRequests: [UInt8] = (1...4).flatMap { [0x10, 0x04, $0] }
  /// `DLE DC4 8`: empty the buffers now; answered with 37 25 00.
  static let clearBuffer: [UInt8] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]

  /// What printers obey wherever it stands, also within pictures: `DLE EOT`, `DLE ENQ`, `DLE DC4`.
  static let hazards = Hazards(first: 0x10, seconds: [0x04, 0x05, 0x14])

  /// `GS v 0`: a raster picture of `bytesPerRow` × `rows`; its data follow.
  static func raster(bytesPerRow: Int, rows: Int) -> [UInt8] {
    [0x1D, 0x76, 0x30, 0x00] + word(bytesPerRow) + word(rows)
  }

  /// `GS ( L`, function 112: stores a picture; its data follow, then `printGraphics`.
  static func storeGraphics(widthDots: Int, rows: Int) -> [UInt8] {
    [0x1D, 0x28, 0x4C] + word(graphicsParameters + (widthDots + 7) / 8 * rows)
      + [0x30, 0x70, 0x30, 0x01, 0x01, 0x31] + word(widthDots) + word(rows)
  }

  /// The bytes of `storeGraphics` that its length counts beside the picture.
  static let graphicsParameters = 10
  /// `GS ( L`, function 50: prints what is stored.
  static let printGraphics: [UInt8] = [0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32]

  /// `ESC J`: moves the paper by so many dots, in steps of 255 at most.
  static func feed(dots: Int) -> [UInt8] { steps(dots, 255).flatMap { [0x1B, 0x4A, $0] } }

  /// `GS V`: feeds to the cutter and `feedDots` further, and cuts.
  static func cut(isFull: Bool, feedDots: Int) -> [UInt8] {
    [0x1D, 0x56, isFull ? 0x41 : 0x42, UInt8(clamping: feedDots)]
  }

  /// `GS ( H`, function 48: answers 37 22 token 00 once all before it is printed.
  static func processID(_ token: FenceToken) -> [UInt8] {
    [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30] + token.bytes
  }

  /// `GS r 1`: answers with one byte, in its turn.
  static let sensors: [UInt8] = [0x1D, 0x72, 0x01]

  /// Two bytes, the low one first.
  static func word(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  /// `total` in steps of at most `most`.
  static func steps(_ total: Int, _ most: Int) -> [UInt8] {
    stride(from: 0, to: total, by: most).map { UInt8(min(most, total - $0)) }
  }
}
