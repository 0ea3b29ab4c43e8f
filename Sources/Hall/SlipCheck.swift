import Printing
import Venue

/// Lays out the slips of a venue before anybody takes one.
///
/// A word that is too long for the paper would otherwise show only when its slip is refused.
public enum SlipCheck {
  /// What does not fit, a line each; empty when every slip can be printed on every printer.
  ///
  /// Of each service in each language, with all that a slip can say of it, in the width of each
  /// printer: some hundred layouts, a second at most.
  public static func problems(of venue: LoadedVenue) -> [String] {
    let press = SlipPress(venue.slip)
    let widths = Set(venue.profiles.values.map(\.widthDots)).sorted()
    var problems: [String] = []
    for service in venue.configuration.services {
      for language in venue.configuration.languages {
        var sample = SampleSlip(
          [service.id], language: language, kiosk: venue.configuration.kiosks.first?.id)
        sample.isCopy = true
        for width in widths {
          if let problem = problem(of: sample, venue, press, width) {
            problems.append("\(service.id) in \(language), paper of \(width) dots: \(problem)")
          }
        }
      }
    }
    return problems
  }

  private static func problem(
    of sample: SampleSlip, _ venue: LoadedVenue, _ press: SlipPress, _ width: Int
  ) -> String? {
    do {
      let texts = try press.texts(of: try sample.view(in: venue), widthDots: width)
      return texts.first { $0.missingGlyphs > 0 }.map { "no font has every sign of “\($0.text)”" }
    } catch let refusal as Refusal {
      return refusal.explanation
    } catch {
      return "\(error)"
    }
  }
}
