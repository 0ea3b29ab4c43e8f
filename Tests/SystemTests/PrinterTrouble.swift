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

  /// A printer whose connection is lost in the middle of its first slip; afterwards it works.
  static func losingItsFirstSlip(_ onSlip: @escaping @Sendable () -> Void) throws -> VirtualPrinter
  {
    try VirtualPrinter(port: 0, faults: [VirtualFault(.resetMidBand)]) { _ in onSlip() }
  }

  static func none(_ onSlip: @escaping @Sendable () -> Void = {}) throws -> VirtualPrinter {
    try VirtualPrinter(port: 0) { _ in onSlip() }
  }
}
