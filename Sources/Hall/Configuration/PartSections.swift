import Venue

/// In the file `walks` may be left out: then the walks are those of the other zones, or the bound.
func readZones(_ root: ObjectReader, names: inout VenueNames) -> [Zone]? {
  var walks: [ZoneID: Node] = [:]
  let zones = readEntries(root, "zones", names: &names.zones, limit: 100) {
    object, zones -> Zone? in
    let id = zones.declare(object.required("id"))
    let floor = object.required("floor")?.integer(in: -9...99)
    let walksNode = object.optional("walks")
    if let id { walks[id] = walksNode }
    guard let id, let floor else { return nil }
    return Zone(id: id, floor: floor)
  }
  // A walk may lead to a zone that stands further down.
  let walksOfZone = readWalks(walks, zones: names.zones)
  return zones?.map { Zone(id: $0.id, floor: $0.floor, walks: walksOfZone[$0.id] ?? []) }
}

/// In the file the walks of a zone are an object from zone to seconds; one side of a pair is enough.
private func readWalks(
  _ nodes: [ZoneID: Node], zones: NameTable<ZoneID>
) -> [ZoneID: [Walk]] {
  var walks: [ZoneID: [Walk]] = [:]
  for from in zones.ids {
    guard let object = nodes[from]?.object() else { continue }
    for (to, node) in object.members(zones) {
      guard let seconds = node.integer(in: walkSecondsRange) else { continue }
      if to == from {
        node.complain("`\(from)` is no walk away from itself", mend: "remove it")
      }
      if let back = walks[to]?.first(where: { $0.to == from }), back.seconds != seconds {
        node.complain(
          "the walk between `\(to)` and `\(from)` takes \(back.seconds) seconds there and "
            + "\(seconds) here", mend: "write it once; it takes as long there as back")
      }
      walks[from, default: []].append(Walk(to: to, seconds: seconds))
    }
    if zones.isComplete { object.finish() }
  }
  return walks
}

/// In the file `kind` may be left out (an authority), and `mandate` (it may forward to all).
/// `neutralPrefix` may be no agency's: its numbers would point to that agency.
func readAgencies(
  _ root: ObjectReader, neutralPrefix: Prefix?, names: inout VenueNames
) -> [Agency]? {
  var prefixes = Uniqueness()
  var signs = Uniqueness()
  var mandates: [AgencyID: Node] = [:]
  let agencies = readEntries(root, "agencies", names: &names.agencies, limit: 100) {
    object, agencies -> Agency? in
    let id = agencies.declare(object.required("id"))
    let mandate = object.optional("mandate")
    if let id { mandates[id] = mandate }
    let prefixNode = object.required("prefix")
    let signNode = object.required("sign")
    let prefix = prefixNode.flatMap(readPrefix)
    let sign = signNode?.object().flatMap(readSign)
    let kind = object.optional("kind").map { $0.choice(Agency.Kind.self) } ?? .authority
    if let prefix, prefix == neutralPrefix {
      prefixNode?.complain(
        "the prefix `\(prefix)` is used twice; it is the neutral one",
        mend: "give this agency another letter")
    } else if let prefix {
      prefixes.check(
        prefix.description, "the prefix `\(prefix)`", of: prefixNode,
        mend: "give each agency its own letter")
    }
    if let sign {
      signs.check(
        "\(sign.shape) \(sign.color)", "this sign", of: signNode,
        mend: "give each agency its own pair of shape and color")
    }
    guard let id, let prefix, let sign, let kind else { return nil }
    return Agency(id: id, prefix: prefix, sign: sign, kind: kind)
  }
  return agencies.map { readMandates(mandates, of: $0, known: names.agencies) }
}

/// Read when all agencies are known: a mandate may name one that stands further down.
private func readMandates(
  _ nodes: [AgencyID: Node], of agencies: [Agency], known: NameTable<AgencyID>
) -> [Agency] {
  let mandates = nodes.compactMapValues { known.references($0) }
  return agencies.map { agency in
    var agency = agency
    agency.mandate = mandates[agency.id]
    return agency
  }
}

private func readSign(_ object: ObjectReader) -> AgencySign? {
  let shape = object.required("shape")?.choice(AgencySign.Shape.self)
  let color = object.required("color").flatMap(readColor)
  object.finish()
  guard let shape, let color else { return nil }
  return AgencySign(shape: shape, color: color)
}

private func readColor(_ node: Node) -> String? {
  guard let text = node.text() else { return nil }
  let digits = text.dropFirst()
  guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
    digits.utf8.allSatisfy({ $0 < 0x80 })
  else {
    node.complain("`\(text)` is no color", mend: "write it like `#1D4E9E`")
    return nil
  }
  return text.uppercased()
}

/// More kinds of paper than this no venue tells apart.
private let documentLimit = 100

/// The kinds of paper that services may ask for: ids alone, since only their names are shown.
func readDocuments(_ root: ObjectReader, names: inout VenueNames) {
  guard let list = root.optional("documents") else { return }
  guard let nodes = list.list(limit: documentLimit) else { return names.documents.markIncomplete() }
  for node in nodes { _ = names.documents.declare(node) }
}

/// In the file `documents`, `neutral`, `dailyCap` and `lastTicket` may be left out, and `hours` too where the
/// venue's own hold.
func readServices(_ root: ObjectReader, names: inout VenueNames) -> [Service]? {
  let venueHours = root.required("hours").flatMap(readHours)
  let agencies = names.agencies
  let documents = names.documents
  return readEntries(root, "services", names: &names.services) { object, services in
    let id = services.declare(object.required("id"))
    let agency = agencies.reference(object.required("agency"))
    let isNeutral = object.optional("neutral").map { $0.flag() } ?? false
    let minutes = object.required("minutes")?.integer(in: 1...240)
    let hours = object.optional("hours").map(readHours) ?? venueHours
    let cap = object.optional("dailyCap")?.integer(in: 1...100_000)
    let last = object.optional("lastTicket").map { $0.choice(Service.LastTicket.self) } ?? .warn
    let asked = object.optional("documents").map {
      readAsked($0, documents, isNeutral: isNeutral ?? false)
    }
    guard let id, let agency, let isNeutral, let minutes, let hours, let last else { return nil }
    return Service(
      id: id, agency: agency, isNeutral: isNeutral, plannedMinutes: minutes, hours: hours,
      dailyCap: cap, lastTicket: last, documents: asked ?? [])
  }
}

/// More lines than this nobody reads on a slip.
private let askedLimit = 6

private func readAsked(
  _ node: Node, _ documents: NameTable<DocumentID>, isNeutral: Bool
) -> [DocumentID] {
  let asked = documents.references(node, limit: askedLimit) ?? []
  if isNeutral, !asked.isEmpty {
    node.complain(
      "a neutral service asks for documents: the list on the slip would tell the matter",
      mend: "remove `documents` here")
  }
  return asked
}

func readHours(_ node: Node) -> String? {
  guard let text = node.text() else { return nil }
  do {
    guard try !OpeningHours(text).reachesPastMidnight else {
      node.complain(
        "`\(text)` go past midnight, when the service day ends and numbers begin again",
        mend: "let them end at 24:00, and begin at 00:00 on the next day")
      return nil
    }
    return text
  } catch {
    node.complain(
      "`\(text)` are no opening hours that are understood: \(error.fault)", mend: error.instead)
    return nil
  }
}

/// More pictures than this do not fit the kiosk's screen, nor a person's patience.
private let pictureLimit = 6

func readNeeds(_ root: ObjectReader, names: inout VenueNames) -> [Need]? {
  let services = names.services
  return readEntries(root, "needs", names: &names.needs, limit: pictureLimit) { object, needs in
    let id = needs.declare(object.required("id"))
    let icon = object.required("icon")?.plainName()
    let servicesNode = object.required("services")
    let offered = services.references(servicesNode, limit: pictureLimit)
    if let offered, offered.isEmpty {
      servicesNode?.complain("this need leads to no service", mend: "name one service at least")
    }
    guard let id, let icon, let offered else { return nil }
    return Need(id: id, icon: icon, services: offered)
  }
}
