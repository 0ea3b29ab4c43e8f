import Venue

// The forms in snapshots of what was learned. Events have none of it: a replay learns it again.

extension ByteWriter {
  mutating func write(_ entry: VenueSnapshot.EstimateEntry) {
    write(entry.service)
    write(list: entry.estimate.estimator.stored) { $0.write(word: $1.bitPattern) }
    write(signed: entry.estimate.pace.milliseconds)
    write(signed: Int64(entry.estimate.pace.plannedMinutes))
    write(signed: entry.estimate.lastServedWait)
    write(list: entry.estimate.exits) { $0.write(signed: $1) }
  }

  mutating func write(_ entry: VenueSnapshot.ToldEntry) {
    let features = entry.told.features
    write(entry.visit)
    write(signed: features.lastServedWait)
    write(signed: features.headWait)
    write(signed: Int64(features.peopleBefore))
    write(signed: Int64(features.recentExits))
    write(flag: features.isPriority)
    write(word: features.openCounters.bitPattern)
    write(signed: features.pace)
    write(signed: entry.told.range.low)
    write(signed: entry.told.range.expected)
    write(signed: entry.told.range.high)
    write(flag: entry.told.range.hasHistory)
  }
}

extension ByteReader {
  mutating func readEstimate() throws(CodecError) -> VenueSnapshot.EstimateEntry {
    let service = try readIdentifier(as: ServiceID.self)
    let stored = try readList { reader throws(CodecError) in
      Double(bitPattern: try reader.readWord())
    }
    guard let estimator = WaitEstimator(stored: stored) else {
      throw error("the numbers of an estimator that cannot be")
    }
    let milliseconds = try readSigned()
    let pace = WaitPace(plannedMinutes: try readInt(), milliseconds: milliseconds)
    return VenueSnapshot.EstimateEntry(
      service: service,
      estimate: ServiceEstimate(
        estimator: estimator, pace: pace, lastServedWait: try readSigned(),
        exits: try readList { reader throws(CodecError) in try reader.readSigned() }))
  }

  mutating func readTold() throws(CodecError) -> VenueSnapshot.ToldEntry {
    VenueSnapshot.ToldEntry(
      visit: try readVisitID(),
      told: ToldWait(
        features: WaitFeatures(
          lastServedWait: try readSigned(), headWait: try readSigned(),
          peopleBefore: try readInt(), recentExits: try readInt(), isPriority: try readFlag(),
          openCounters: Double(bitPattern: try readWord()), pace: try readSigned()),
        range: WaitRange(
          low: try readSigned(), expected: try readSigned(), high: try readSigned(),
          hasHistory: try readFlag())))
  }

  mutating func readArrivals() throws(CodecError) -> ArrivalForecast {
    let stored = try readList { reader throws(CodecError) in
      UInt16(truncatingIfNeeded: try reader.readUnsigned())
    }
    guard let arrivals = ArrivalForecast(stored: stored) else {
      throw error("counts of arrivals that cannot be")
    }
    return arrivals
  }
}
