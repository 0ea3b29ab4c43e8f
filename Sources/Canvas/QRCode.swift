internal import CQREncode

/// The modules of a QR code (ISO/IEC 18004, model 2).
public struct QRCode: Equatable, Sendable {
  /// How much of the code may be lost: about 7, 15, 25 and 30 %.
  public enum ErrorCorrection: Sendable {
    case low, medium, quartile, high

    var level: QRecLevel {
      switch self {
      case .low: QR_ECLEVEL_L
      case .medium: QR_ECLEVEL_M
      case .quartile: QR_ECLEVEL_Q
      case .high: QR_ECLEVEL_H
      }
    }
  }

  /// Modules that must stay blank on each side.
  public static let quietZone = 4

  /// Modules on a side, 21 to 177.
  public let side: Int
  /// Row by row; true is dark.
  private let modules: [Bool]

  /// Throws `textTooLongForQRCode`.
  public init(
    _ text: String, errorCorrection: ErrorCorrection = .medium
  ) throws(CanvasError) {
    let made = unsafe QRcode_encodeString(text, 0, errorCorrection.level, QR_MODE_8, 1)
    guard let code = unsafe made else {
      throw .textTooLongForQRCode(bytes: text.utf8.count)
    }
    defer { unsafe QRcode_free(code) }
    let side = unsafe Int(code.pointee.width)
    self.side = side
    // "data[]: 76543210, bit 0: 1=black/0=white" (qrencode.h, QRcode).
    self.modules = (0..<side * side).map { unsafe code.pointee.data[$0] & 1 == 1 }
  }

  /// Modules on a side, with the quiet zone on both ends.
  public var sideWithQuietZone: Int { side + 2 * Self.quietZone }

  /// True where the module is dark; outside the code all is light.
  public subscript(column: Int, row: Int) -> Bool {
    guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
    return modules[row * side + column]
  }

  /// The most whole dots a module that let code and quiet zone fit into `space` dots; at least 1.
  public func dotsPerModule(fitting space: Int) -> Int { max(1, space / sideWithQuietZone) }
}

extension Painter {
  /// Draws `code` and its blank quiet zone with whole dots; `x` and `y` are the zone's corner.
  public func draw(
    _ code: QRCode, x: Int, y: Int, dotsPerModule: Int, dark: Color = .black,
    light: Color = .white
  ) {
    let side = Double(code.sideWithQuietZone * dotsPerModule)
    fill(Rect(x: Double(x), y: Double(y), width: side, height: side), with: light)
    for row in 0..<code.side {
      var column = 0
      while column < code.side {
        let start = column
        while code[column, row] { column += 1 }
        if column > start {
          let left = x + (QRCode.quietZone + start) * dotsPerModule
          let top = y + (QRCode.quietZone + row) * dotsPerModule
          let run = Rect(
            x: Double(left), y: Double(top), width: Double((column - start) * dotsPerModule),
            height: Double(dotsPerModule))
          fill(run, with: dark)
        }
        column += 1
      }
    }
  }
}

extension Monochrome {
  /// Sets the dots of `code` where this picture is, with whole dots; `x` and `y` are the corner of the
  /// quiet zone, which is to be blank already. A tenth of the time that a painter takes.
  public mutating func draw(_ code: QRCode, x: Int, y: Int, dotsPerModule: Int) {
    let left = x + QRCode.quietZone * dotsPerModule
    let top = y + QRCode.quietZone * dotsPerModule
    for row in 0..<code.side {
      let rows = max(0, top + row * dotsPerModule)..<max(0, top + (row + 1) * dotsPerModule)
      for dotRow in rows.clamped(to: 0..<height) {
        for column in 0..<code.side where code[column, row] {
          let start = left + column * dotsPerModule
          setDots(start..<start + dotsPerModule, row: dotRow)
        }
      }
    }
  }
}
