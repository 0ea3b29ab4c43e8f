/// A call of the operating system failed.
public struct SocketError: Error, Equatable, CustomStringConvertible {
  /// What was being done: "connecting to 192.168.1.50:9100".
  public var what: String
  /// The words of the operating system.
  public var reason: String

  public var description: String { "\(what): \(reason)" }
}
