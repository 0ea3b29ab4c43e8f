import Venue

/// The form of snapshots, `schema` 3: every field in the order of its declaration.
///
/// Equal snapshots have equal bytes, so their hashes compare states.
enum SnapshotCodec {
  /// What `encode` writes. A snapshot of another schema is passed over: the events have it all.
  static let schema: Int64 = 3

  static func encode(_ snapshot: VenueSnapshot) -> [UInt8] {
    var writer = ByteWriter(capacity: 4_096 + 128 * snapshot.visits.count)
    writer.write(unsigned: snapshot.sequence)
    writer.write(snapshot.time)
    writer.write(optional: snapshot.configuration) { $0.write($1) }
    writer.write(optional: snapshot.openDay) { $0.write($1) }
    writer.write(optional: snapshot.lastDay) { $0.write($1) }
    writer.write(list: snapshot.counters) { writer, entry in
      writer.write(entry.id)
      writer.write(entry.state)
    }
    writer.write(list: snapshot.numbers) { writer, entry in
      writer.write(entry.prefix)
      writer.write(signed: Int64(entry.last))
    }
    writer.write(list: snapshot.visits) { $0.write($1) }
    writer.write(list: snapshot.recentCalls) { $0.write($1) }
    writer.write(list: snapshot.slips) { $0.write($1) }
    writer.write(optional: snapshot.hours) { $0.write($1) }
    writer.write(list: snapshot.vouchers) { $0.write($1) }
    writer.write(list: snapshot.mediators) { writer, entry in
      writer.write(entry.id)
      writer.write(entry.state)
    }
    writer.write(list: snapshot.assignments) { writer, entry in
      writer.write(entry.counter)
      writer.write(list: entry.services) { $0.write($1) }
    }
    writer.write(list: snapshot.estimates) { $0.write($1) }
    writer.write(list: snapshot.told) { $0.write($1) }
    writer.write(list: snapshot.arrivals.stored) { $0.write(unsigned: UInt64($1)) }
    return writer.bytes
  }

  static func decode(_ payload: [UInt8], schema: Int64) throws(CodecError) -> VenueSnapshot {
    guard schema == Self.schema else {
      throw CodecError(offset: 0, reason: "snapshot of unknown schema \(schema)")
    }
    var reader = ByteReader(payload)
    let snapshot = try reader.readSnapshot()
    try reader.finish()
    return snapshot
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ visit: Visit) {
    write(visit.id)
    write(visit.number)
    write(visit.language)
    write(flag: visit.isPriority)
    write(visit.issuedAt)
    write(unsigned: visit.arrival)
    write(visit.status)
    write(visit.stop)
    write(list: visit.earlier) { $0.write($1) }
    write(unsigned: visit.revision)
    write(list: visit.planned) { $0.write($1) }
    write(signed: Int64(visit.people))
    write(list: visit.needs) { $0.write($1) }
    write(list: visit.consents) { $0.write($1) }
  }

  fileprivate mutating func write(_ state: MediatorState) {
    write(state.status)
    write(state.since)
    write(optional: state.visit) { $0.write($1) }
    write(state.busySince)
    write(signed: state.workedMilliseconds)
    write(signed: Int64(state.calls))
  }

  fileprivate mutating func write(_ stop: Stop) {
    write(stop.service)
    write(stop.waitingSince)
    write(optional: stop.counter) { $0.write($1) }
    write(optional: stop.firstCalledAt) { $0.write($1) }
    write(optional: stop.calledAt) { $0.write($1) }
    write(signed: Int64(stop.calls))
    write(optional: stop.startedAt) { $0.write($1) }
    write(optional: stop.endedAt) { $0.write($1) }
    write(optional: stop.outcome) { $0.write($1) }
    write(optional: stop.code) { $0.write($1) }
    write(optional: stop.appointment) { $0.write($1) }
    write(optional: stop.comesBackTo) { $0.write($1) }
    write(optional: stop.help) { $0.write($1) }
    write(optional: stop.reason) { $0.write($1) }
  }

  fileprivate mutating func write(_ state: CounterState) {
    write(state.status)
    write(state.since)
    write(optional: state.visit) { $0.write($1) }
    write(list: state.undo) { writer, step in
      writer.write(step.before)
      writer.write(flag: step.wasHere)
      writer.write(unsigned: step.sequence)
      writer.write(step.time)
    }
  }

  fileprivate mutating func write(_ call: RecentCall) {
    write(call.visit)
    write(call.number)
    write(call.service)
    write(call.counter)
    write(call.time)
    write(signed: Int64(call.ordinal))
    write(unsigned: call.sequence)
  }
}

extension ByteReader {
  fileprivate mutating func readSnapshot() throws(CodecError) -> VenueSnapshot {
    VenueSnapshot(
      sequence: try readUnsigned(), time: try readInstant(),
      configuration: try readOptional { reader throws(CodecError) in
        try reader.readConfiguration()
      },
      openDay: try readOptional { reader throws(CodecError) in try reader.readDay() },
      lastDay: try readOptional { reader throws(CodecError) in try reader.readDay() },
      counters: try readList { reader throws(CodecError) in try reader.readCounterEntry() },
      numbers: try readList { reader throws(CodecError) in try reader.readNumberEntry() },
      visits: try readList { reader throws(CodecError) in try reader.readVisit() },
      recentCalls: try readList { reader throws(CodecError) in try reader.readCall() },
      slips: try readList { reader throws(CodecError) in try reader.readReport() },
      hours: try readOptional { reader throws(CodecError) in try reader.readHours() },
      vouchers: try readList { reader throws(CodecError) in try reader.readVoucher() },
      mediators: try readList { reader throws(CodecError) in try reader.readMediatorEntry() },
      assignments: try readList { reader throws(CodecError) in
        VenueSnapshot.AssignmentEntry(
          counter: try reader.readIdentifier(), services: try reader.readIdentifiers())
      },
      estimates: try readList { reader throws(CodecError) in try reader.readEstimate() },
      told: try readList { reader throws(CodecError) in try reader.readTold() },
      arrivals: try readArrivals())
  }

  private mutating func readVisit() throws(CodecError) -> Visit {
    Visit(
      id: try readVisitID(), number: try readNumber(), language: try readIdentifier(),
      isPriority: try readFlag(), issuedAt: try readInstant(), arrival: try readUnsigned(),
      status: try readCase(), stop: try readStop(),
      earlier: try readList { reader throws(CodecError) in try reader.readStop() },
      revision: try readUnsigned(),
      planned: try readList { reader throws(CodecError) in try reader.readPlannedStop() },
      people: try readInt(), needs: try readIdentifiers(),
      consents: try readList { reader throws(CodecError) in try reader.readConsent() })
  }

  private mutating func readMediatorEntry() throws(CodecError) -> VenueSnapshot.MediatorEntry {
    let id = try readIdentifier(as: MediatorID.self)
    let state = MediatorState(
      status: try readCase(), since: try readInstant(),
      visit: try readOptional { reader throws(CodecError) in try reader.readVisitID() },
      busySince: try readInstant(), workedMilliseconds: try readSigned(), calls: try readInt())
    return VenueSnapshot.MediatorEntry(id: id, state: state)
  }

  private mutating func readStop() throws(CodecError) -> Stop {
    Stop(
      service: try readIdentifier(), waitingSince: try readInstant(),
      counter: try readOptional { reader throws(CodecError) in
        try reader.readIdentifier(as: CounterID.self)
      },
      firstCalledAt: try readOptional { reader throws(CodecError) in try reader.readInstant() },
      calledAt: try readOptional { reader throws(CodecError) in try reader.readInstant() },
      calls: try readInt(),
      startedAt: try readOptional { reader throws(CodecError) in try reader.readInstant() },
      endedAt: try readOptional { reader throws(CodecError) in try reader.readInstant() },
      outcome: try readOptional { reader throws(CodecError) in
        try reader.readCase(of: Stop.Outcome.self)
      },
      code: try readOptionalIdentifier(), appointment: try readOptionalInstant(),
      comesBackTo: try readOptionalIdentifier(),
      help: try readOptional { reader throws(CodecError) in try reader.readHelp() },
      reason: try readOptional { reader throws(CodecError) in
        try reader.readCase(of: CallReason.self)
      })
  }

  private mutating func readCounterEntry() throws(CodecError) -> VenueSnapshot.CounterEntry {
    let id = try readIdentifier(as: CounterID.self)
    let state = CounterState(
      status: try readCase(), since: try readInstant(),
      visit: try readOptional { reader throws(CodecError) in try reader.readVisitID() },
      undo: try readList { reader throws(CodecError) in try reader.readUndoStep() })
    return VenueSnapshot.CounterEntry(id: id, state: state)
  }

  private mutating func readUndoStep() throws(CodecError) -> UndoStep {
    UndoStep(
      before: try readVisit(), wasHere: try readFlag(), sequence: try readUnsigned(),
      time: try readInstant())
  }

  private mutating func readNumberEntry() throws(CodecError) -> VenueSnapshot.NumberEntry {
    VenueSnapshot.NumberEntry(prefix: try readPrefix(), last: try readInt32())
  }

  private mutating func readCall() throws(CodecError) -> RecentCall {
    RecentCall(
      visit: try readVisitID(), number: try readNumber(), service: try readIdentifier(),
      counter: try readIdentifier(), time: try readInstant(), ordinal: try readInt(),
      sequence: try readUnsigned())
  }
}
