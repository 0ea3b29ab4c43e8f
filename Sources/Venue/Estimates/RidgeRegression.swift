/// Ridge regression that learns one observation at a time and forgets old ones.
///
/// It minimises  sum_i f^(n-i) (y_i - x_i d)^2 + ridge |d|^2  through the normal equations
/// (S + ridge I) d = b  with  S = f S + x x', b = f b + x y  (Hoerl and Kennard 1970; exponential
/// forgetting as in recursive least squares). The ridge itself is not forgotten, so the equations
/// always have a solution, and with little to go by it is near 0.
struct RidgeRegression: Equatable, Sendable {
  /// How many regressors there are.
  static var size: Int { 7 }
  /// Entries of a lower triangle, row by row: entry (row, column) is at row (row + 1) / 2 + column.
  static var triangleSize: Int { size * (size + 1) / 2 }
  /// In squared units of the regressors (minutes here): one observation of one minute.
  static var ridge: Double { 1 }

  /// The weight of an observation after one more; in (0, 1].
  let forgetting: Double
  /// The lower triangle of S, without the ridge.
  private(set) var products: [Double]
  private(set) var targets: [Double]
  /// The solution, always that of the sums above; never stored apart.
  private(set) var coefficients: [Double]

  init(forgetting: Double) {
    self.forgetting = forgetting
    products = Array(repeating: 0, count: Self.triangleSize)
    targets = Array(repeating: 0, count: Self.size)
    coefficients = targets
  }

  /// The state with these sums; nil unless they are of the right length.
  init?(forgetting: Double, products: [Double], targets: [Double]) {
    guard products.count == Self.triangleSize, targets.count == Self.size else { return nil }
    self.forgetting = forgetting
    self.products = products
    self.targets = targets
    coefficients = targets
    solve()
  }

  func value(_ regressors: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<Self.size { sum += coefficients[index] * regressors[index] }
    return sum
  }

  mutating func learn(_ regressors: [Double], target: Double) {
    var entry = 0
    for row in 0..<Self.size {
      let scaled = regressors[row]
      for column in 0...row {
        products[entry] = products[entry] * forgetting + scaled * regressors[column]
        entry += 1
      }
      targets[row] = targets[row] * forgetting + scaled * target
    }
    solve()
  }

  /// By Cholesky's factor L of S + ridge I, then L u = b and L' d = u.
  ///
  /// A pivot is a Schur complement of S + ridge I, so it cannot be below the ridge but by rounding,
  /// which is mended.
  private mutating func solve() {
    var factor = products
    var solution = targets
    for row in 0..<Self.size {
      let start = row * (row + 1) / 2
      for column in 0...row {
        let other = column * (column + 1) / 2
        var sum = factor[start + column]
        if column == row { sum += Self.ridge }
        for inner in 0..<column { sum -= factor[start + inner] * factor[other + inner] }
        factor[start + column] =
          column == row
          ? max(sum, Self.ridge).squareRoot() : sum / factor[other + column]
      }
      for inner in 0..<row { solution[row] -= factor[start + inner] * solution[inner] }
      solution[row] /= factor[start + row]
    }
    for row in (0..<Self.size).reversed() {
      for below in row + 1..<Self.size {
        solution[row] -= factor[below * (below + 1) / 2 + row] * solution[below]
      }
      solution[row] /= factor[row * (row + 1) / 2 + row]
    }
    let isFinite = solution.allSatisfy { $0.isFinite }
    coefficients = isFinite ? solution : Array(repeating: 0, count: Self.size)
  }
}
