/// What is wrong with `text` as opening hours, as something to do; nil when it looks right.
///
/// A light check of the subset of OpenStreetMap's `opening_hours` that venues need: rules separated
/// by `;`, each `24/7`, or days (`Mo-Fr`, `Sa`, `PH`, lists of them) followed by times
/// (`08:30-12:30,14:00-20:00`) or by `off`.
func openingHoursFault(_ text: String) -> String? {
  for rule in text.split(separator: ";", omittingEmptySubsequences: false) {
    let words = rule.split(separator: " ").map(String.init)
    if words == ["24/7"] { continue }
    guard let last = words.last, words.count <= 2 else {
      return "write each rule between `;` as days and times, like `Mo-Sa 08:30-20:00`"
    }
    if words.count == 2, let fault = daysFault(words[0]) { return fault }
    if last == "off", words.count == 2 { continue }
    if let fault = timesFault(last) { return fault }
  }
  return nil
}

private func daysFault(_ text: String) -> String? {
  let days: Set<Substring> = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  for item in text.split(separator: ",", omittingEmptySubsequences: false) where item != "PH" {
    let ends = item.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), ends.allSatisfy(days.contains) else {
      return "replace `\(item)`; days are `Mo` to `Su` and `PH`, like `Mo-Fr,PH`"
    }
  }
  return nil
}

private func timesFault(_ text: String) -> String? {
  for item in text.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = item.split(separator: "-", omittingEmptySubsequences: false).map(minutes)
    guard ends.count == 2, let opens = ends[0], let closes = ends[1] else {
      return "replace `\(item)`; times look like `08:30-20:00`"
    }
    guard opens < closes else {
      return "replace `\(item)`, which closes before it opens"
    }
  }
  return nil
}

/// Minutes since midnight of `HH:MM`, up to 24:00.
private func minutes(_ text: Substring) -> Int? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2,
    parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39) ~= $0 } }),
    let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
  else { return nil }
  let total = hour * 60 + minute
  return total <= 24 * 60 ? total : nil
}
