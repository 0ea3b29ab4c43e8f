extension RandomSource {
  /// What a stream of random numbers is for. Streams are independent of each other, so that
  /// drawing more for one purpose never changes what another draws: every policy meets the same
  /// people (common random numbers).
  public enum Purpose: UInt64, Sendable {
    case count = 1
    case person, desks, mediators
  }

  /// The stream of one `purpose` on one day of one experiment; `index` tells people apart.
  public static func stream(
    seed: UInt64, day: Int, purpose: Purpose, index: Int = 0
  ) -> RandomSource {
    var mixer = RandomSource(seed: seed)
    for part in [UInt64(day), purpose.rawValue, UInt64(index)] {
      mixer = RandomSource(seed: mixer.next() ^ (part &* 0xD134_2543_DE82_EF95))
    }
    return RandomSource(seed: mixer.next())
  }
}
