extension VirtualModel {
  /// A model that can be named on a command line.
  public struct Preset: Sendable {
    public let name: String
    public let summary: String
    public let model: VirtualModel
  }

  /// For tests and demos, which have no time for paper.
  public static func fast(_ family: Family = .escpos, widthDots: Int = 576) -> VirtualModel {
    var model = VirtualModel(family: family, widthDots: widthDots)
    model.rowsPerSecond = 200_000
    model.cutMilliseconds = 0
    return model
  }

  public static let presets: [Preset] = [
    Preset(name: "escpos", summary: "ESC/POS, 80 mm, all fences", model: VirtualModel()),
    Preset(name: "fast", summary: "as escpos, but paper takes no time", model: .fast()),
    Preset(
      name: "escpos-58mm", summary: "ESC/POS, 58 mm, no cutter",
      model: with(width: 384) {
        $0.hasCutter = false
      }),
    Preset(name: "clone", summary: "ESC/POS with every weakness of cheap ones", model: clone),
    Preset(
      name: "star", summary: "StarPRNT and Star line mode, 80 mm", model: with(.star) { _ in }),
    Preset(
      name: "star-etb", summary: "Star, with ETB as its only fence",
      model: with(.star) { $0.knowsDocumentFence = false }),
    Preset(name: "fast-star", summary: "as star, but paper takes no time", model: .fast(.star)),
  ]

  public static func named(_ name: String) -> VirtualModel? {
    presets.first { $0.name == name }?.model
  }

  /// A small buffer, real-time commands eaten out of pictures, silence while it is open, and `GS r`
  /// as its only fence.
  public static let clone = with { model in
    model.bufferBytes = 4_096
    model.rowsPerSecond = 600
    model.knowsProcessID = false
    model.maximumBandRows = 512
    model.eatsRealTimeBytes = true
    model.silentWhenCoverOpen = true
    model.maker = "EPSON"
    model.name = "TM-T88II"
  }

  private static func with(
    _ family: Family = .escpos, width: Int = 576, _ change: (inout VirtualModel) -> Void
  ) -> VirtualModel {
    var model = VirtualModel(family: family, widthDots: width)
    change(&model)
    return model
  }
}
