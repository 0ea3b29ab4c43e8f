import Foundation
import VirtualPrinters

/// What goes wrong with a printer in these tests; the only place that knows how a virtual one is told.
enum PrinterTrouble {
  case paperOut, paperLoaded, nearEnd, coverOpen

  func happen(to printer: VirtualPrinter) {
    switch self {
    case .paperOut: printer.perform(.takePaper)
    case .paperLoaded: printer.perform(.loadPaper)
    case .nearEnd: printer.perform(.nearEnd)
    case .coverOpen: printer.perform(.openCover)
    }
  }

  /// A venue whose printers cannot prove that their buffer is empty: what is lost in them is in doubt,
  /// however late they answer.
  static func venueThatTakesNothingBack() throws -> VenueCopy {
    let venue = try VenueCopy()
    try venue.replace(
      "clearsBuffer: true", with: "clearsBuffer: false", in: "../printers/epson-tm-t20iii.json5")
    return venue
  }

  /// A printer whose connection is lost when all of its first slip was sent and nothing is proven:
  /// nobody knows whether it came out. Afterwards it works.
  static func losingItsFirstSlip(_ onSlip: @escaping @Sendable () -> Void) throws -> VirtualPrinter
  {
    try VirtualPrinter(port: 0, faults: [VirtualFault(.resetBeforeFence, 1)]) { _ in onSlip() }
  }

  static func none(_ onSlip: @escaping @Sendable () -> Void = {}) throws -> VirtualPrinter {
    try VirtualPrinter(port: 0) { _ in onSlip() }
  }
}
