/// What one agency may see of a visit's part at another. Denied unless an agreement allows it.
extension VenueState {
  /// True when `reader` may read `field` of the part of `visit` at `owner`.
  ///
  /// An agency reads its own part. Any other needs an agreement that names the field, whose hours
  /// since `endedAt` are not over; a stop that has not ended has no hours to count. Where the field
  /// takes consent, the client must have agreed besides.
  public func mayRead(
    _ field: SharedField, of owner: AgencyID, by reader: AgencyID, visit: Visit,
    endedAt: Instant?, at now: Instant
  ) -> Bool {
    if owner == reader { return true }
    guard let ownerKind = agency(owner)?.kind, let readerKind = agency(reader)?.kind else {
      return false
    }
    let isAgreed = (configuration?.agreements ?? []).contains { agreement in
      agreement.from == owner && agreement.to == reader && agreement.fields.contains(field)
        && agreement.isRunning(since: endedAt, at: now)
    }
    guard isAgreed else { return false }
    guard field.takesConsent(of: ownerKind, by: readerKind) else { return true }
    return visit.consents.contains { consent in
      consent.from == owner && consent.to == reader && consent.fields.contains(field)
    }
  }
}

extension Agreement {
  /// False once `hours` have gone by since the end of the stop.
  public func isRunning(since end: Instant?, at now: Instant) -> Bool {
    guard let end else { return true }
    let millisecondsOfHour: Int64 = 3_600_000
    // Whole hours are compared, so that no number of hours overflows.
    return max(0, now.milliseconds(since: end)) / millisecondsOfHour < Int64(hours)
  }
}
