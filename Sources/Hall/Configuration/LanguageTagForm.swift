/// What is wrong with `text` as a BCP 47 tag, as something to do; nil when it is well-formed.
///
/// The subset that venues need, in the canonical case: a language of two or three letters, then
/// perhaps a script (`Hans`), a region (`BR`, `419`) and variants, as in RFC 5646, section 2.1.
func languageTagFault(_ text: String) -> String? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
  guard let language = parts.first, (2...3).contains(language.utf8.count),
    language.utf8.allSatisfy(isSmallLetter)
  else {
    return "begin it with two or three small letters, for example `pt` or `kea`"
  }
  var rest = parts.dropFirst()
  if let script = rest.first, script.utf8.count == 4, script.utf8.allSatisfy(isLetter) {
    guard script == script.capitalized(first: 1) else {
      return "write the script as `\(script.capitalized(first: 1))`"
    }
    rest = rest.dropFirst()
  }
  if let region = rest.first, isRegion(region) {
    guard region == region.uppercased() else {
      return "write the region as `\(region.uppercased())`"
    }
    rest = rest.dropFirst()
  }
  for variant in rest where !isVariant(variant) {
    return "remove `\(variant)`, which is no script, region or variant"
  }
  return nil
}

private func isRegion(_ text: String) -> Bool {
  (text.utf8.count == 2 && text.utf8.allSatisfy(isLetter))
    || (text.utf8.count == 3 && text.utf8.allSatisfy(isDigit))
}

private func isVariant(_ text: String) -> Bool {
  let isPlain = text.utf8.allSatisfy { isSmallLetter($0) || isDigit($0) }
  let startsWithDigit = text.utf8.first.map(isDigit) ?? false
  return isPlain && (startsWithDigit ? 4...8 : 5...8).contains(text.utf8.count)
}

private func isSmallLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { isSmallLetter(byte | 0x20) }
private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

extension String {
  /// The first `count` characters as capitals, the rest as small letters.
  fileprivate func capitalized(first count: Int) -> String {
    prefix(count).uppercased() + dropFirst(count).lowercased()
  }
}
