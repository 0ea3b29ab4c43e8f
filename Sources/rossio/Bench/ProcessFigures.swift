import Foundation

/// What the kernel says of another process.
enum ProcessFigures {
  /// Processor time in milliseconds: fields 14 and 15 of `/proc/PID/stat`.
  static func processorMilliseconds(_ processID: Int32) -> Double {
    guard let stat = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
      let name = stat.lastIndex(of: ")")
    else { return 0 }
    let fields = stat[name...].split(separator: " ")
    let ticks = (Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0)
    return ticks * 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Processor time of this thread.
  static func threadMilliseconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
  }

  /// The number on the line that begins with `name`, in kilobytes.
  static func kilobytes(_ name: String, in file: String) -> Double {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return Double(line.filter(\.isNumber)) ?? 0
  }
}
