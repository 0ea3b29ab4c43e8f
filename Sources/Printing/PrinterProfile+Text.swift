extension PrinterProfile {
  /// The profile as a file of `Config/printers`, with `comment` at its head.
  public func json5(comment: String) -> String {
    var lines = comment.split(separator: "\n").map { "// " + $0 }
    lines += [
      "{", "  name: \(Self.quoted(name)),", "  dialect: \"\(dialect.rawValue)\",",
      "  widthDots: \(widthDots),", "  dotsPerMillimetre: \(dotsPerMillimetre),",
      "  bandRows: \(bandRows),", "  rowsPerSecond: \(rowsPerSecond),",
      "  cutter: \"\(cutter.rawValue)\",", "  fence: \"\(fence.rawValue)\",",
      "  automaticStatus: \(automaticStatus),", "  clearsBuffer: \(clearsBuffer),",
      "  feedBeforeCutDots: \(feedBeforeCutDots),", "  feedsBlankRows: \(feedsBlankRows),",
      "  bandByBand: \(bandByBand),",
    ]
    if let chunk {
      lines.append(
        "  chunk: { bytes: \(chunk.bytes), pauseMilliseconds: \(chunk.pauseMilliseconds) },")
    }
    lines.append(
      "  roll: { millimetres: \(roll.millimetres), nearEndMillimetres: \(roll.nearEndMillimetres) },"
    )
    lines.append("  known: {")
    for capability in Capability.allCases {
      guard let known = knowledge[capability] else { continue }
      lines.append("    \(capability.rawValue): \"\(known.rawValue)\",")
    }
    return (lines + ["  },", "}", ""]).joined(separator: "\n")
  }

  /// A printer's claims may hold anything.
  private static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.filter {
      $0.isASCII && $0.value >= 0x20 && $0 != "\"" && $0 != "\\"
    }
    return "\"" + String(String.UnicodeScalarView(plain.prefix(80))) + "\""
  }
}
