import Venue

func readZones(_ root: ObjectReader, names: inout VenueNames) -> [Zone]? {
  readEntries(root, "zones", names: &names.zones, limit: 100) { object, zones in
    let id = zones.declare(object.required("id"))
    let floor = object.required("floor")?.integer(in: -9...99)
    guard let id, let floor else { return nil }
    return Zone(id: id, floor: floor)
  }
}

/// `neutralPrefix` may be no agency's: its numbers would point to that agency.
func readAgencies(
  _ root: ObjectReader, neutralPrefix: Prefix?, names: inout VenueNames
) -> [Agency]? {
  var prefixes = Uniqueness()
  var signs = Uniqueness()
  return readEntries(root, "agencies", names: &names.agencies, limit: 100) { object, agencies in
    let id = agencies.declare(object.required("id"))
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

/// In the file `neutral` may be left out, and `hours` too where the venue's own hold.
func readServices(_ root: ObjectReader, names: inout VenueNames) -> [Service]? {
  let venueHours = root.required("hours").flatMap(readHours)
  let agencies = names.agencies
  return readEntries(root, "services", names: &names.services) { object, services in
    let id = services.declare(object.required("id"))
    let agency = agencies.reference(object.required("agency"))
    let isNeutral = object.optional("neutral").map { $0.flag() } ?? false
    let minutes = object.required("minutes")?.integer(in: 1...240)
    let hours = object.optional("hours").map(readHours) ?? venueHours
    guard let id, let agency, let isNeutral, let minutes, let hours else { return nil }
    return Service(
      id: id, agency: agency, isNeutral: isNeutral, plannedMinutes: minutes, hours: hours)
  }
}

func readHours(_ node: Node) -> String? {
  guard let text = node.text() else { return nil }
  do {
    _ = try OpeningHours(text)
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
