/// What a printer's configuration or the machine can have wrong.
public enum PrintingError: Error, Equatable, CustomStringConvertible {
  /// A text of a slip, or its QR code, is wider than the paper at the smallest size it may have.
  case slipTooWide(text: String, neededDots: Int, availableDots: Int)
  case slipTooLong(dots: Int)
  /// The spool's file was made by another program or by a newer version.
  case notASpool(path: String, reason: String)

  public var description: String {
    switch self {
    case .slipTooWide(let text, let needed, let available):
      "the slip does not fit its paper: “\(text)” has a word of \(needed) dots at the smallest size, "
        + "and there is room for \(available); write it shorter or in several words, or use wider paper"
    case .slipTooLong(let dots):
      "the slip would be \(dots / 8) mm long, and at most \(SlipDrawing.longestDots / 8) mm are "
        + "printed; take blocks out of slip.json5, or make them smaller"
    case .notASpool(let path, let reason):
      "\(path) is no spool of this version: \(reason); move it away to start with an empty one"
    }
  }
}
