import Venue

/// Reads the counters; then every service must be served by one of them.
///
/// In the file `label` may be left out where the sign above the desk says the id, and `weights` where
/// all services count alike.
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
    let weights = object.optional("weights").map {
      readWeights($0, of: services, venue: venue.services)
    }
    guard let id, let label, let agency, let zone, let languages, let services else { return nil }
    return Counter(
      id: id, label: label, agency: agency, zone: zone, languages: languages, services: services,
      weights: weights ?? [])
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

/// In the file the weights are an object from service to percent. `own` are the services of the
/// counter, nil when they could not be read: then any service of the venue will do.
private func readWeights(
  _ node: Node, of own: [ServiceID]?, venue: NameTable<ServiceID>
) -> [ServiceWeight] {
  guard let object = node.object() else { return [] }
  let weights = object.members(venue).compactMap { service, node -> ServiceWeight? in
    guard let percent = node.integer(in: 1...1_000) else { return nil }
    if let own, !own.contains(service) {
      node.complain(
        "this counter does not serve `\(service)`",
        mend: "add it to the `services` of the counter, or remove the weight")
    }
    return ServiceWeight(service: service, percent: percent)
  }
  if venue.isComplete { object.finish() }
  return weights
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
