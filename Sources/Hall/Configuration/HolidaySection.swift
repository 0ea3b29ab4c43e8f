import Venue

/// Reads the days on which the rule `PH` of opening hours holds; a venue may know none.
func readHolidays(_ root: ObjectReader) -> [ServiceDay]? {
  guard let node = root.optional("holidays") else { return [] }
  guard let nodes = node.list(limit: holidayLimit) else { return nil }
  var days = Uniqueness()
  let holidays = nodes.map { node -> ServiceDay? in
    guard let day = readDay(node) else { return nil }
    days.check(day.description, "the holiday `\(day)`", of: node, mend: "remove one of the two")
    return day
  }
  return holidays.contains(nil) ? nil : holidays.compactMap(\.self)
}

/// Twenty years of the country with the most holidays.
private let holidayLimit = 600

private func readDay(_ node: Node) -> ServiceDay? {
  guard let text = node.text() else { return nil }
  // Comparing refuses signs, which count as digits where numbers are read.
  guard let day = ServiceDay(text), day.description == text else {
    node.complain("`\(text)` is no date", mend: "write it like `2026-12-25`")
    return nil
  }
  guard day.isOnCalendar else {
    node.complain(
      "`\(text)` is on no calendar: that month is shorter",
      mend: "write a day that the month has")
    return nil
  }
  return day
}
