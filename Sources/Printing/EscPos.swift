/// The commands of Epson's ESC/POS that slips need, as its published reference writes them.
enum EscPos {
  /// `ESC @`: initialise. Switches automatic status off too.
  static let initialise: [UInt8] = [0x1B, 0x40]
  /// `GS a`: tell changes of status unasked: online, errors, paper (0x0E).
  static let automaticStatus: [UInt8] = [0x1D, 0x61, 0x0E]
  /// `GS I`: maker and model; answered with 5F, text, 00. Clones lie.
  static let identity: [UInt8] = [0x1D, 0x49, 0x42, 0x1D, 0x49, 0x43]
  /// `DLE EOT n`, n = 1 to 4: printer, offline cause, error cause, paper; answered at once.
  static let statusRequests: [UInt8] = (1...4).flatMap { [0x10, 0x04, $0] }

  /// `GS v 0`: a raster picture of `bytesPerRow` × `rows`; its data follow.
  static func rasterHeader(bytesPerRow: Int, rows: Int) -> [UInt8] {
    [
      0x1D, 0x76, 0x30, 0x00, UInt8(bytesPerRow & 0xFF), UInt8(bytesPerRow >> 8),
      UInt8(rows & 0xFF), UInt8(rows >> 8),
    ]
  }

  /// `ESC J`: moves the paper by so many dots, in steps of 255 at most.
  static func feed(dots: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = dots
    while rest > 0 {
      let step = min(rest, 255)
      bytes += [0x1B, 0x4A, UInt8(step)]
      rest -= step
    }
    return bytes
  }

  /// `GS V`: feeds to the cutter and `feedDots` further, and cuts.
  static func cut(_ cutter: PrinterProfile.Cutter, feedDots: Int) -> [UInt8] {
    switch cutter {
    case .partial: [0x1D, 0x56, 0x42, UInt8(clamping: feedDots)]
    case .full: [0x1D, 0x56, 0x41, UInt8(clamping: feedDots)]
    case .none: feed(dots: feedDots + tearOffDots)
    }
  }

  /// From the head to the tear bar: 13 mm at 203 dpi.
  static let tearOffDots = 104

  static func fence(_ fence: PrinterProfile.Fence, token: FenceToken) -> [UInt8] {
    switch fence {
    case .processID: [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30] + token.bytes
    case .status: [0x1D, 0x72, 0x01]
    case .document, .etb: preconditionFailure("a fence of Star's")
    }
  }
}

/// Four bytes of 20 to 7E that come back once everything before them is on paper.
struct FenceToken: Equatable, Sendable {
  let bytes: [UInt8]

  /// Tokens differ for 95⁴ (81 million) numbers in a row, far more than fences can be late.
  init(number: Int64) {
    var rest = UInt64(bitPattern: number)
    bytes = (0..<4).map { _ in
      defer { rest /= 95 }
      return UInt8(0x20 + rest % 95)
    }
  }

  init?(bytes: [UInt8]) {
    guard bytes.count == 4, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    self.bytes = bytes
  }
}
