import Venue

func readPrinters(_ root: ObjectReader, names: inout VenueNames) -> [Printer]? {
  var addresses = Uniqueness()
  var backups: [(Node, PrinterID?, PrinterID)] = []
  let read: [Printer]? = readEntries(root, "printers", names: &names.printers, limit: 100) {
    object, printers in
    let id = printers.declare(object.required("id"))
    let hostNode = object.required("host")
    let host = hostNode.flatMap(readHost)
    let port = object.required("port")?.integer(in: 1...65_535)
    let profile = object.required("profile")?.plainName()
    let backup = object.optional("backup").map { ($0, $0.identifier(PrinterID.self)) }
    if let (node, backup) = backup, let backup { backups.append((node, id, backup)) }
    let copies = object.optional("copiesUnknown").map { $0.flag() } ?? false
    guard let id, let host, let port, let profile, let copies else { return nil }
    addresses.check(
      "\(host):\(port)", "the address `\(host):\(port)`", of: hostNode,
      mend: "give each printer its own host and port; a printer takes one connection at a time")
    return Printer(
      id: id, host: host, port: port, profile: profile, backup: backup?.1, copiesUnknown: copies)
  }
  checkBackups(backups, printers: names.printers)
  return read
}

private func checkBackups(
  _ backups: [(Node, PrinterID?, PrinterID)], printers: NameTable<PrinterID>
) {
  for (node, id, backup) in backups {
    guard printers.reference(node) != nil, id == backup else { continue }
    node.complain("`\(backup)` cannot stand in for itself", mend: "name another printer")
  }
}

private func readHost(_ node: Node) -> String? {
  guard let text = node.text(limit: 253) else { return nil }
  let isPlain = text.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
      || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":")].contains(byte)
  }
  // Figures and dots alone are meant as an address.
  let isNumeric = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
  guard isPlain, !isNumeric || isAddress(text) else {
    node.complain("`\(text)` is no host", mend: "write a name or an address like `192.168.1.50`")
    return nil
  }
  return text
}

/// Four numbers of a byte each. One that begins with 0 would be read as octal by some.
private func isAddress(_ text: String) -> Bool {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 4
    && parts.allSatisfy { part in UInt8(part).map { "\($0)" == part } == true }
}

/// In the file `arrows` may be left out: slips then show none.
func readKiosks(_ root: ObjectReader, names: inout VenueNames) -> [Kiosk]? {
  let venue = names
  return readEntries(root, "kiosks", names: &names.kiosks, limit: 100) { object, kiosks in
    let id = kiosks.declare(object.required("id"))
    let zone = venue.zones.reference(object.required("zone"))
    let printer = venue.printers.reference(object.required("printer"))
    let personService = venue.services.reference(object.required("personService"))
    let arrows = object.optional("arrows")?.object().flatMap { readArrows($0, zones: venue.zones) }
    guard let id, let zone, let printer, let personService else { return nil }
    return Kiosk(
      id: id, zone: zone, printer: printer, personService: personService, arrows: arrows ?? [])
  }
}

/// In the file `arrows` is an object from zone to arrow, and `shows` may be left out for all zones.
func readScreens(_ root: ObjectReader, names: inout VenueNames) -> [Screen]? {
  let zones = names.zones
  return readEntries(root, "screens", names: &names.screens, limit: 300) { object, screens in
    let id = screens.declare(object.required("id"))
    let zone = zones.reference(object.required("zone"))
    let arrows = object.required("arrows")?.object().flatMap { readArrows($0, zones: zones) }
    let shows = object.optional("shows").map { zones.references($0) } ?? []
    let width = object.required("widthMillimetres")?.integer(in: 150...10_000)
    let distance = object.required("viewingDistanceMillimetres")?.integer(in: 300...100_000)
    guard let id, let zone, let arrows, let shows, let width, let distance else { return nil }
    return Screen(
      id: id, zone: zone, arrows: arrows, shows: shows, widthMillimetres: width,
      viewingDistanceMillimetres: distance)
  }
}

/// The arrows in the order of the zones. A zone without an arrow is shown without one.
private func readArrows(_ object: ObjectReader, zones: NameTable<ZoneID>) -> [ZoneArrow]? {
  let arrows = object.members(zones).compactMap { zone, node in
    node.choice(Arrow.self).map { ZoneArrow(zone: zone, points: $0) }
  }
  if zones.isComplete { object.finish() }
  return arrows
}
