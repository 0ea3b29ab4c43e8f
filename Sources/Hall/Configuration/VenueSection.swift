import FoundationEssentials
import Venue

/// Reads `venue.json5`. The lists are read in the order in which they refer to each other.
func readVenue(
  _ root: ObjectReader, names: inout VenueNames
) -> (VenueConfiguration, Limits)? {
  let id = root.required("id")?.plainName()
  let name = root.required("name")?.text(limit: 40)
  let languages = readLanguages(root, names: &names)
  let timeZone = root.required("timeZone").flatMap(readTimeZone)
  let publicURL = root.required("publicURL").flatMap(readPublicURL)
  let numbering = root.required("numbering")?.object().flatMap(readNumbering)
  let policy = root.required("policy").flatMap(readPolicy)
  let limits = root.optional("limits")?.object().map(readLimits) ?? Limits()
  let zones = readZones(root, names: &names)
  let agencies = readAgencies(root, neutralPrefix: numbering?.neutralPrefix, names: &names)
  readDocuments(root, names: &names)
  let services = readServices(root, names: &names)
  let counters = readCounters(root, names: &names)
  let needs = readNeeds(root, names: &names)
  let printers = readPrinters(root, names: &names)
  let kiosks = readKiosks(root, names: &names)
  let screens = readScreens(root, names: &names)
  let mediators = readMediators(root, names: names)
  let outcomes = readCodes(root, "outcomes", kind: "outcome", OutcomeCode.self)
  let noteCodes = readCodes(root, "noteCodes", kind: "note code", NoteCode.self)
  let holidays = readHolidays(root)
  let bounds = readBounds(root)
  root.finish()
  guard let id, let name, let languages, let host = names.hostLanguage, let timeZone,
    let publicURL, let numbering, let policy, let zones, let agencies, let services, let counters,
    let needs, let printers, let kiosks, let screens, let mediators, let outcomes,
    let noteCodes, let holidays, let bounds
  else { return nil }
  let configuration = VenueConfiguration(
    id: id, name: name, hostLanguage: host, languages: languages, timeZone: timeZone,
    publicURL: publicURL, numbering: numbering, policy: policy, zones: zones, agencies: agencies,
    services: services, counters: counters, needs: needs, kiosks: kiosks, screens: screens,
    printers: printers, bounds: bounds, holidays: holidays, mediators: mediators,
    outcomes: outcomes, noteCodes: noteCodes)
  return (configuration, limits)
}

/// Reads the list `key`, each entry by `read`. An entry that is no object makes `names` incomplete.
func readEntries<Entry, ID>(
  _ root: ObjectReader, _ key: String, names: inout NameTable<ID>, limit: Int = 1_000,
  read: (ObjectReader, inout NameTable<ID>) -> Entry?
) -> [Entry]? {
  guard let nodes = root.required(key)?.list(limit: limit) else {
    names.markIncomplete()
    return nil
  }
  var entries: [Entry] = []
  for node in nodes {
    guard let object = node.object() else {
      names.markIncomplete()
      continue
    }
    let entry = read(object, &names)
    object.finish()
    if let entry { entries.append(entry) }
  }
  return entries
}

/// Complains when two nodes of a list say the same thing where each must say its own.
struct Uniqueness {
  private var seen: [String: String] = [:]

  /// `what` is what may not be shared, for example "the label `7`".
  mutating func check(_ key: String, _ what: String, of node: Node?, mend: String) {
    guard let node else { return }
    if let first = seen[key] {
      node.complain("\(what) is used twice; first at \(first)", mend: mend)
    } else {
      seen[key] = node.path
    }
  }
}

private func readLanguages(_ root: ObjectReader, names: inout VenueNames) -> [LanguageTag]? {
  let hostNode = root.required("hostLanguage")
  let nodes = root.required("languages")?.list(limit: languageLimit)
  if nodes == nil { names.languages.markIncomplete() }
  for node in nodes ?? [] {
    guard let text = node.text() else {
      names.languages.markIncomplete()
      continue
    }
    if let fault = languageTagFault(text) {
      node.complain("`\(text)` is no language tag", mend: fault)
      names.languages.markIncomplete()
    } else {
      _ = names.languages.declare(node)
    }
  }
  names.hostLanguage = names.languages.reference(hostNode)
  return nodes == nil ? nil : names.languages.ids
}

/// More languages than this fit no kiosk.
private let languageLimit = 40

private func readTimeZone(_ node: Node) -> String? {
  guard let text = node.text() else { return nil }
  guard VenueCalendar(timeZone: text) != nil else {
    let hint = suggestion(for: text, among: VenueCalendar.knownZones)
    node.complain(
      "`\(text)` is no time zone", mend: hint + "write an IANA name such as `Europe/Lisbon`")
    return nil
  }
  return text
}

/// The QR code on a slip holds the address and 33 characters more.
private let publicURLLimit = 100

private func readPublicURL(_ node: Node) -> String? {
  guard let text = node.text(limit: publicURLLimit) else { return nil }
  guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
    let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
    parts.user == nil, !text.hasSuffix("/"), text.utf8.allSatisfy({ $0 < 0x80 })
  else {
    node.complain(
      "`\(text)` is no address that phones can use",
      mend: "write it like `https://tickets.example.org`, without a slash at the end")
    return nil
  }
  return text
}

private func readPolicy(_ node: Node) -> CallPolicy? {
  let policy = node.choice(CallPolicy.self)
  guard policy == .peer else { return policy }
  node.complain(
    "`peer` is for comparisons in the simulator only", mend: "choose statutory or accumulating")
  return nil
}

private func readNumbering(_ object: ObjectReader) -> Numbering? {
  let skips = object.required("skips")?.list(limit: 100)?.map { $0.integer(in: 1...9_999) }
  let neutralPrefix = object.required("neutralPrefix").flatMap(readPrefix)
  object.finish()
  guard let skips, !skips.contains(nil), let neutralPrefix else { return nil }
  return Numbering(skips: skips.compactMap { $0.map(Int32.init) }, neutralPrefix: neutralPrefix)
}

func readPrefix(_ node: Node) -> Prefix? {
  guard let text = node.text() else { return nil }
  guard let prefix = Prefix(text) else {
    let reason = text == "I" || text == "O" ? " because it looks like a digit" : ""
    node.complain(
      "`\(text)` cannot be a prefix\(reason)", mend: "use one capital letter other than I and O")
    return nil
  }
  return prefix
}

private func readLimits(_ object: ObjectReader) -> Limits {
  var limits = Limits()
  func read(_ key: String, in range: ClosedRange<Int>, into path: WritableKeyPath<Limits, Int>) {
    if let value = object.optional(key)?.integer(in: range) { limits[keyPath: path] = value }
  }
  read("issuesPerKioskPerMinute", in: 1...10_000_000, into: \.issuesPerKioskPerMinute)
  read("loginAttemptsPerMinute", in: 1...1_000, into: \.loginAttemptsPerMinute)
  read("connections", in: 16...100_000, into: \.connections)
  read("connectionsPerAddress", in: 1...100_000, into: \.connectionsPerAddress)
  read("eventStreams", in: 1...100_000, into: \.eventStreams)
  object.finish()
  return limits
}
