/// What a printer's configuration or the machine can have wrong.
public enum PrintingError: Error, Equatable, CustomStringConvertible {
  /// The spool's file was made by another program or by a newer version.
  case notASpool(path: String, reason: String)

  public var description: String {
    switch self {
    case .notASpool(let path, let reason):
      "\(path) is no spool of this version: \(reason); move it away to start with an empty one"
    }
  }
}
