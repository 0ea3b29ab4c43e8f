import Venue

/// Takes slips from the hall to the printers, and the printers' outcomes back to the hall.
final class SlipDesk: Sendable {
  init(directory: String, printers: [Printer], log: Log) throws {}
  func attach(to hall: Hall) {}
  @Sendable func take(_ order: SlipOrder) {}
  func stop() {}
}
