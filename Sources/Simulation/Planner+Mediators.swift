import Venue

/// The pool of mediators: people are counted, not languages.
extension Planner {
  /// Languages that one person can be found for: those of each mediator of the venue, and host and
  /// client language where nobody of these has the two.
  static func profiles(of venue: VenueConfiguration) -> [[LanguageTag]] {
    var profiles: [[LanguageTag]] = []
    for mediator in venue.mediators where !profiles.contains(mediator.languages) {
      profiles.append(mediator.languages)
    }
    for language in venue.languages
    where language != venue.hostLanguage && !profiles.contains(where: { $0.contains(language) }) {
      profiles.append([venue.hostLanguage, language])
    }
    return profiles
  }

  func interpreting(of outcomes: [DayOutcome]) -> [Staffing.Interpreting] {
    var sums = [Staffing.Interpreting](
      repeating: Staffing.Interpreting(), count: population.venue.languages.count)
    for outcome in outcomes {
      for call in outcome.calls where call.help != .direct && !call.isNoShow {
        let language = outcome.journeys[call.person].language
        sums[language].calls += 1
        if case .mediator = call.help { sums[language].inPerson += 1 }
      }
    }
    return sums
  }

  /// One more mediator, of the languages in which most is missing; false when every one meets the
  /// target.
  func raiseMediators(_ staffing: inout Staffing) -> Bool {
    var missing: [LanguageTag: Double] = [:]
    for (language, sum) in zip(population.venue.languages, staffing.interpreting)
    where sum.calls >= Self.fewestCalls {
      let miss = target.interpretedShare * Double(sum.calls) - Double(sum.inPerson)
      if miss > 0 { missing[language] = miss }
    }
    guard let profile = best(for: missing) else { return false }
    add(profile, to: &staffing.mediators)
    return true
  }

  /// As many as the mean load of the day keeps busy: lean, for the rounds after it only raise.
  func firstMediators(_ outcomes: [DayOutcome]) -> [Mediator] {
    var loads: [LanguageTag: Double] = [:]
    for outcome in outcomes {
      for call in outcome.calls where call.help != .direct {
        let language = population.venue.languages[outcome.journeys[call.person].language]
        loads[language, default: 0] +=
          (call.endMinute - call.minute) / Double(days) / ReferenceDay.openMinutes
      }
    }
    var mediators: [Mediator] = []
    while let profile = best(for: loads) {
      let sum = load(loads, of: profile)
      guard sum >= 1 else { break }
      add(profile, to: &mediators)
      for language in profile { loads[language]? *= 1 - 1 / sum }
    }
    return mediators
  }

  /// The profile that covers most of `loads`, of equals the one with the fewest languages; nil when
  /// none covers any.
  private func best(for loads: [LanguageTag: Double]) -> [LanguageTag]? {
    Self.profiles(of: population.venue).filter { load(loads, of: $0) > 0 }.min {
      (-load(loads, of: $0), $0.count) < (-load(loads, of: $1), $1.count)
    }
  }

  private func load(_ loads: [LanguageTag: Double], of profile: [LanguageTag]) -> Double {
    profile.reduce(0) { $0 + (loads[$1] ?? 0) }
  }

  private func add(_ languages: [LanguageTag], to mediators: inout [Mediator]) {
    mediators.append(
      Mediator(id: MediatorID("planned-\(mediators.count + 1)"), languages: languages))
  }
}
