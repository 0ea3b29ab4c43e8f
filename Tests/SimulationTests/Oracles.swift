/// Exact waits of queueing theory, written from the textbook formulas and sharing no code with the
/// engine or the simulator.
enum Oracle {
  /// Mean wait in M/M/c, Erlang's second formula; `rate` and `serviceRate` per minute.
  static func erlangCWait(servers: Int, rate: Double, serviceRate: Double) -> Double {
    let load = rate / serviceRate
    // Erlang B by its recursion, then C from B.
    let blocked = (1...servers).reduce(1.0) { load * $0 / (Double($1) + load * $0) }
    let busy = load / Double(servers)
    let waits = blocked / (1 - busy * (1 - blocked))
    return waits / (Double(servers) * serviceRate - rate)
  }

  /// M/M/c+M: the share of arrivals that leave, and the mean wait of all, from the stationary
  /// distribution of the birth-death chain. `leaveRate` is 1 / mean patience.
  static func erlangA(
    servers: Int, rate: Double, serviceRate: Double, leaveRate: Double
  ) -> (leaving: Double, wait: Double) {
    var weight = 1.0
    var total = 1.0
    var waiting = 0.0
    for state in 1...2_000 {
      let queue = Double(max(0, state - servers))
      weight *= rate / (Double(min(state, servers)) * serviceRate + queue * leaveRate)
      total += weight
      waiting += weight * queue
    }
    let queue = waiting / total
    return (leaveRate * queue / rate, queue / rate)
  }

  /// One class of M/G/1 with accumulating priority.
  struct PriorityClass {
    /// Arrivals a minute.
    let rate: Double
    let meanMinutes: Double
    let meanSquare: Double
    /// Score gained for each minute of waiting; higher is more urgent.
    let slope: Double
    var load: Double { rate * meanMinutes }
  }

  /// The sum of load x wait over all classes, the same for every order that does not look at service
  /// times and lets nobody be idle: r W0 / (1 - r).
  static func conservedSum(_ classes: [PriorityClass]) -> Double {
    let residual = classes.reduce(0) { $0 + $1.rate * $1.meanSquare } / 2
    let load = classes.reduce(0) { $0 + $1.load }
    return load * residual / (1 - load)
  }

  /// Mean waits by class, Kleinrock 1964; solved from the least urgent class upwards.
  static func kleinrockWaits(_ classes: [PriorityClass]) -> [Double] {
    let residual = classes.reduce(0) { $0 + $1.rate * $1.meanSquare } / 2
    let load = classes.reduce(0) { $0 + $1.load }
    var waits = [Double](repeating: 0, count: classes.count)
    for place in classes.indices.sorted(by: { classes[$0].slope < classes[$1].slope }) {
      let own = classes[place]
      var above = residual / (1 - load)
      var below = 1.0
      for (other, wait) in zip(classes, waits) {
        if other.slope < own.slope { above -= other.load * wait * (1 - other.slope / own.slope) }
        if other.slope > own.slope { below -= other.load * (1 - own.slope / other.slope) }
      }
      waits[place] = above / below
    }
    return waits
  }
}
