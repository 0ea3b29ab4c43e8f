/// What a printer's configuration or the machine can have wrong.
public enum PrintingError: Error, Equatable, CustomStringConvertible {
  case unknownDialect(String)
  case widthOutOfRange(dots: Int)
  /// The spool's file was made by another program or by a newer version.
  case notASpool(path: String, reason: String)

  public var description: String {
    switch self {
    case .unknownDialect(let name):
      "the dialect “\(name)” is unknown; known is: "
        + PrinterProfile.Dialect.allCases.map(\.rawValue).joined(separator: ", ")
    case .widthOutOfRange(let dots):
      "paper of \(dots) dots cannot be printed on; the printable width is "
        + "\(SlipLayout.widths.lowerBound) to \(SlipLayout.widths.upperBound) dots"
    case .notASpool(let path, let reason):
      "\(path) is no spool of this version: \(reason); move it away to start with an empty one"
    }
  }
}
