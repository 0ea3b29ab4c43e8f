import Journal
import Testing
import Venue

@testable import Hall

/// The service day turns with the venue's calendar, once, and never back.
@Suite(.timeLimit(.minutes(5)))
struct DayTests {
  private let day: Int64 = 86_400_000

  private func openings(in directory: ScratchDirectory) throws -> [String] {
    try records(in: directory).compactMap {
      if case .dayOpened(let day) = $0.event { day.description } else { nil }
    }
  }

  @Test func `midnight closes the day, expires who is left, and opens the next, once`() async throws
  {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    _ = await test.ask(issue())
    _ = await test.ask(issue())
    _ = await test.ask(.counter("1", .callNext))
    let midnight = morning + 15 * 3_600_000
    test.clock.set(midnight - 1)
    for _ in 0..<3 { await test.hall.turnDay() }
    #expect(try openings(in: directory) == ["2026-11-23"])
    test.clock.set(midnight)
    for _ in 0..<5 { await test.hall.turnDay() }
    #expect(try openings(in: directory) == ["2026-11-23", "2026-11-24"])
    let ends = try records(in: directory).compactMap { record in
      switch record.event {
      case .expired: "expired"
      case .returned: "returned"
      default: nil
      }
    }
    #expect(ends.sorted() == ["expired", "returned"], "who waits gets a voucher")
    test.clock.set(midnight + 8 * 3_600_000)
    let next = await test.ask(issue())
    #expect(next["number"] == "A001", "numbers start again")
    await test.stop()
    #expect(try Journal.verify(directory: directory.path).isSound)
  }

  @Test func `a clock set back never reopens a day, also after a restart`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    test.clock.set(morning + day)
    await test.hall.turnDay()
    _ = await test.ask(issue())
    test.clock.set(morning)
    for _ in 0..<3 { await test.hall.turnDay() }
    let second = await test.ask(issue())
    #expect(second["number"] == "A002", "the day goes on")
    await test.stop()
    let later = try await TestHall.open(in: directory, clock: TestClock(morning - 3 * day))
    let third = await later.ask(issue())
    #expect(third["number"] == "A003")
    let reopened = await later.ask(.openDay(ServiceDay(year: 2026, month: 11, day: 20)))
    #expect(reopened.status == 409)
    await later.stop()
    #expect(try openings(in: directory) == ["2026-11-23", "2026-11-24"])
    let times = try records(in: directory).map(\.time)
    #expect(times == times.sorted(), "times of events never decrease")
    #expect(try Journal.verify(directory: directory.path).isSound)
  }

  @Test func `a day that was closed by hand stays closed until tomorrow`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    #expect(await test.ask(.closeDay).status == 200)
    for _ in 0..<3 { await test.hall.turnDay() }
    #expect(await test.ask(issue()).status == 409)
    let today = ServiceDay(year: 2026, month: 11, day: 23)
    let again = await test.ask(.openDay(today))
    #expect(again.status == 409 && again["name"] == "day-is-past")
    test.clock.set(morning + day)
    await test.hall.turnDay()
    #expect(await test.ask(issue()).status == 201)
    await test.stop()
    #expect(try openings(in: directory) == ["2026-11-23", "2026-11-24"])
  }

  @Test func `days of 23 and 25 hours open once each, whenever the daemon looks`() async throws {
    let directory = try ScratchDirectory()
    // 2026-10-24 12:00 UTC; the clocks go back on the 25th.
    let start: Int64 = 1_792_843_200_000
    let test = try await TestHall.open(in: directory, clock: TestClock(start))
    for quarter in 0..<(4 * 72) {
      test.clock.set(start + Int64(quarter) * 900_000)
      await test.hall.turnDay()
    }
    await test.stop()
    #expect(
      try openings(in: directory) == ["2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"])
  }

  @Test func `a daemon that slept for days opens today only`() async throws {
    let directory = try ScratchDirectory()
    let test = try await TestHall.open(in: directory)
    test.clock.set(morning + 9 * day)
    await test.hall.turnDay()
    await test.stop()
    #expect(try openings(in: directory) == ["2026-11-23", "2026-12-02"])
  }
}
