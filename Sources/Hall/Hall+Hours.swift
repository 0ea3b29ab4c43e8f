import Venue

/// The hours of the open day: told to the venue, and kept.
extension Hall {
  func keepHours() async {
    await tellHours()
    await settleClosed()
  }

  /// Tells the venue when its services are open on the open day, once for each day and configuration.
  private func tellHours() async {
    guard let day = state.openDay, let configuration = state.configuration else { return }
    let asked = HoursAsked(
      day: day, hours: configuration.services.map(\.hours), holidays: configuration.holidays)
    guard asked != hoursAsked else { return }
    hoursAsked = asked
    let hours = calendar.hours(of: configuration, on: day)
    guard hours != state.hours else { return }
    _ = await perform(.setHours(hours))
  }

  /// Whoever waits for a service that has been closed for too long gets a return voucher.
  private func settleClosed() async {
    guard !state.servicesToSettle(at: max(clock.now(), state.time)).isEmpty else { return }
    _ = await perform(.settleClosed)
  }
}

/// What the hours of a day follow from.
struct HoursAsked: Equatable {
  let day: ServiceDay
  let hours: [String]
  let holidays: [ServiceDay]
}

extension VenueCalendar {
  /// When each service of `venue` is open on `day`. Hours that cannot be read, which the
  /// configuration's checks refuse, count as open all day.
  func hours(of venue: VenueConfiguration, on day: ServiceDay) -> DayHours {
    let isHoliday = venue.holidays.contains(day)
    return DayHours(
      dayStart: dayStart(day),
      services: venue.services.compactMap { service in
        guard let hours = try? OpeningHours(service.hours) else { return nil }
        let spans = hours.spans(on: day, isHoliday: isHoliday).map { span in
          OpenSpan(
            opens: instant(of: day, minute: span.opens),
            closes: instant(of: day, minute: span.closes, occurrence: .last))
        }
        return ServiceHours(service: service.id, spans: spans)
      })
  }
}
