import Venue

/// A random venue and its commands: one day, or a few, that a seed names.
struct AuditDay {
  struct Failure {
    var what: String
    var script: [Audit.Step]
    var nearlyUsedUp: [Prefix]
  }

  /// The counts of one seed, and its failure.
  static func run(seed: UInt64) -> (counts: AuditCounts, failure: Failure?) {
    var random = SeededRandom(seed: seed &* 0x2545_F491_4F6C_DD1D ^ seed)
    for _ in 0..<8 { _ = random.next() }
    guard let venue = AuditVenue.draw(&random) else { return (AuditCounts(), nil) }
    let nearlyUsedUp = random.chance(6) ? ["A", "E", "T"].compactMap { Prefix($0) } : []
    var audit = Audit(nearlyUsedUp: nearlyUsedUp)
    var draw = AuditDraw(venue: venue, random: random)
    var script: [Audit.Step] = []
    for place in 0..<draw.random.number(150...400) {
      let step = place == 0 ? (draw.now, .configure(venue)) : draw.next(audit.model)
      script.append(step)
      if let what = audit.perform(step.command, at: step.now) {
        return (audit.counts, Failure(what: what, script: script, nearlyUsedUp: nearlyUsedUp))
      }
    }
    let what = audit.difference(at: draw.now, calls: 100) ?? audit.replays()
    return (
      audit.counts,
      what.map { Failure(what: $0, script: script, nearlyUsedUp: nearlyUsedUp) }
    )
  }

  /// What still fails of `failure` when commands are left out, halves first, then single ones.
  static func shrink(_ failure: Failure) -> Failure {
    var best = failure
    var attempts = 0
    var length = best.script.count / 2
    while length > 0 {
      var start = 0
      var shorter = false
      while start < best.script.count, attempts < 3_000 {
        attempts += 1
        var script = best.script
        script.removeSubrange(start..<min(start + length, script.count))
        if let less = replay(script, best.nearlyUsedUp) {
          best = less
          shorter = true
        } else {
          start += length
        }
      }
      if length > 1 || !shorter { length /= 2 }
    }
    return best
  }

  private static func replay(
    _ script: [Audit.Step], _ nearlyUsedUp: [Prefix]
  ) -> Failure? {
    var audit = Audit(nearlyUsedUp: nearlyUsedUp, interval: 1)
    for (place, step) in script.enumerated() {
      if let what = audit.perform(step.command, at: step.now) {
        return Failure(
          what: what, script: Array(script[...place]), nearlyUsedUp: nearlyUsedUp)
      }
    }
    guard let end = script.last?.now, let what = audit.difference(at: end, calls: 100) else {
      return nil
    }
    return Failure(what: what, script: script, nearlyUsedUp: nearlyUsedUp)
  }
}

extension AuditDay.Failure {
  /// The commands, one a line, then what differs.
  var description: String {
    let lines = script.map { step -> String in
      if case .configure = step.command { return "\(step.now) configure" }
      return "\(step.now) \(step.command)"
    }
    return lines.joined(separator: "\n") + "\n" + what
  }
}
