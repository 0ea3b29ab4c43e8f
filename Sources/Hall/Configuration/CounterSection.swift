import Venue

/// Reads the counters; then every service must be served by one of them.
///
/// In the file `label` may be left out where the sign above the desk says the id.
func readCounters(_ root: ObjectReader, names: inout VenueNames) -> [Counter]? {
  let venue = names
  var labels = Uniqueness()
  var served: Set<ServiceID>? = []
  let counters = readEntries(root, "counters", names: &names.counters) {
    object, counters -> Counter? in
    let idNode = object.required("id")
    let id = counters.declare(idNode)
    let labelNode = object.optional("label") ?? idNode
    let label = labelNode?.text(limit: labelLimit)
    if let label {
      labels.check(
        label, "the label `\(label)`", of: labelNode, mend: "give each counter its own label")
    }
    let agency = venue.agencies.reference(object.required("agency"))
    let zone = venue.zones.reference(object.required("zone"))
    let languages = readCounterLanguages(object, venue: venue)
    let services = readCounterServices(object, venue: venue)
    served = services.flatMap { served?.union($0) }
    guard let id, let label, let agency, let zone, let languages, let services else { return nil }
    return Counter(
      id: id, label: label, agency: agency, zone: zone, languages: languages, services: services)
  }
  if let served, counters != nil { checkAllServed(root, served: served, services: venue.services) }
  return counters
}

/// A board shows the label as large as the number.
private let labelLimit = 6

private func readCounterLanguages(_ object: ObjectReader, venue: VenueNames) -> [LanguageTag]? {
  let node = object.required("languages")
  guard let languages = venue.languages.references(node) else { return nil }
  guard !languages.isEmpty else {
    node?.complain("this counter speaks no language", mend: "name one language at least")
    return nil
  }
  return languages
}

private func readCounterServices(_ object: ObjectReader, venue: VenueNames) -> [ServiceID]? {
  let node = object.required("services")
  guard let services = venue.services.references(node) else { return nil }
  guard !services.isEmpty else {
    node?.complain("this counter serves nothing", mend: "name one service at least")
    return nil
  }
  return services
}

/// `served` is nil when a counter's list could not be read: then nothing can be said.
private func checkAllServed(
  _ root: ObjectReader, served: Set<ServiceID>, services: NameTable<ServiceID>
) {
  guard services.isComplete else { return }
  for (position, service) in services.ids.enumerated() where !served.contains(service) {
    root.file.complain(
      "services[\(position)]", "no counter serves `\(service)`",
      mend: "add it to the `services` of a counter, or remove the service")
  }
}
