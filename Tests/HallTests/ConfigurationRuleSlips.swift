/// Mistakes in what the rules of the hall go by: bounds, days, walks, mandates, weights, agreements.
let ruleSlips = boundSlips + daySlips + walkSlips + mandateSlips + weightSlips + agreementSlips

private let boundSlips = [
  Slip(
    name: "tickets a day before a service opens", old: "earlyIssueMinutes: 60",
    new: "earlyIssueMinutes: 1440", path: "bounds.earlyIssueMinutes",
    what: "1440 is out of range", mend: "from 0 to 720"),
  Slip(
    name: "an overtime that ends before it begins", old: "overtimeMinutes: 60",
    new: "overtimeMinutes: -1", path: "bounds.overtimeMinutes", what: "-1 is out of range",
    mend: "from 0 to 480"),
  Slip(
    name: "a voucher that is never good", old: "voucherDays: 14", new: "voucherDays: 0",
    path: "bounds.voucherDays", what: "0 is out of range", mend: "from 1 to 366"),
  Slip(
    name: "a bound with a typing error", old: "voucherDays: 14", new: "voucherDay: 14",
    path: "bounds.voucherDay", what: "not known", mend: "did you mean `voucherDays`?"),
  Slip(
    name: "a cap of nothing", old: "lastTicket: \"voucher\",\n      documents",
    new: "dailyCap: 0,\n      documents", path: "services[12].dailyCap",
    what: "0 is out of range", mend: "from 1 to 100000"),
  Slip(
    name: "a last ticket that nobody knows",
    old: "lastTicket: \"voucher\",\n      documents",
    new: "lastTicket: \"vaucher\",\n      documents", path: "services[12].lastTicket",
    what: "`vaucher`", mend: "did you mean `voucher`?"),
]

private let daySlips = [
  Slip(
    name: "a holiday as people write it", old: "\"2026-12-25\"", new: "\"25.12.2026\"",
    path: "holidays[13]", what: "`25.12.2026` is no date", mend: "write it like `2026-12-25`"),
  Slip(
    name: "a holiday with signs among its digits", old: "\"2026-12-25\"", new: "\"2026-+1-+5\"",
    path: "holidays[13]", what: "`2026-+1-+5` is no date", mend: "write it like `2026-12-25`"),
  Slip(
    name: "a holiday without quotes", old: "\"2026-12-25\"", new: "20261225",
    path: "holidays[13]", what: "a number", mend: "a text in quotes"),
  Slip(
    name: "a holiday that its month has not", old: "\"2026-12-25\"", new: "\"2026-02-30\"",
    path: "holidays[13]", what: "`2026-02-30` is on no calendar", mend: "that the month has"),
  Slip(
    name: "a holiday twice", old: "\"2026-12-25\"", new: "\"2026-01-01\"",
    path: "holidays[13]", what: "the holiday `2026-01-01` is used twice; first at holidays[0]",
    mend: "remove one of the two"),
  Slip(
    name: "a note code in words", old: "\"second-visit\"", new: "\"second visit\"",
    path: "noteCodes[6]", what: "cannot be an id", mend: "without spaces"),
  Slip(
    name: "a note code twice", old: "\"second-visit\"", new: "\"urgent\"",
    path: "noteCodes[9]", what: "the note code `urgent` is there already",
    mend: "remove one of the two"),
  Slip(
    name: "more note codes than fit a desk", old: "\"second-visit\"",
    new: (1...12).map { "\"code-\($0)\"" }.joined(separator: ", "), path: "noteCodes",
    what: "there are 21 entries", mend: "at most 20"),
]

private let walkSlips = [
  Slip(
    name: "a walk to an unknown zone", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, walks: { maim: 60 } }", path: "zones[3].walks.maim",
    what: "not known", mend: "did you mean `main`?"),
  Slip(
    name: "a walk that is longer back", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, walks: { east: 80 } }", path: "zones[3].walks.east",
    what: "between `east` and `west` takes 75 seconds there and 80 here", mend: "write it once"),
  Slip(
    name: "a walk to where one is", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, walks: { west: 0 } }", path: "zones[3].walks.west",
    what: "no walk away from itself", mend: "remove it"),
  Slip(
    name: "a walk of two hours", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, walks: { main: 7200 } }", path: "zones[3].walks.main",
    what: "7200 is out of range", mend: "from 0 to 3600"),
  Slip(
    name: "walks in a list", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, walks: [90] }", path: "zones[3].walks", what: "a list",
    mend: "an object"),
]

private let mandateSlips = [
  Slip(
    name: "a mandate for an unknown agency", old: "{ id: \"tax\", prefix",
    new: "{ id: \"tax\", mandate: [\"legla\"], prefix", path: "agencies[3].mandate[0]",
    what: "no agency `legla`", mend: "did you mean `legal`?"),
  Slip(
    name: "a mandate that names an agency twice", old: "{ id: \"tax\", prefix",
    new: "{ id: \"tax\", mandate: [\"legal\", \"legal\"], prefix",
    path: "agencies[3].mandate[1]", what: "`legal` is in this list already", mend: "remove one"),
  Slip(
    name: "a mandate that is no list", old: "{ id: \"tax\", prefix",
    new: "{ id: \"tax\", mandate: \"all\", prefix", path: "agencies[3].mandate", what: "a text",
    mend: "a list"),
  Slip(
    name: "a mediator in two places", old: "{ id: \"m2\"", new: "{ id: \"m1\"",
    path: "mediators[1].id", what: "`m1` is there already: the same person would be in two places",
    mend: "another id"),
  Slip(
    name: "a mediator who may go nowhere", old: "{ id: \"m2\"",
    new: "{ id: \"m2\", mandate: []", path: "mediators[1].mandate", what: "called nowhere",
    mend: "remove `mandate` for all"),
]

private let weightSlips = [
  Slip(
    name: "a weight of nothing", old: "{ id: \"18\"",
    new: "{ id: \"18\", weights: { \"tax-number\": 0 }", path: "counters[17].weights.tax-number",
    what: "0 is out of range", mend: "from 1 to 1000"),
  Slip(
    name: "a weight of what the counter does not serve", old: "{ id: \"18\"",
    new: "{ id: \"18\", weights: { \"legal-aid\": 150 }", path: "counters[17].weights.legal-aid",
    what: "this counter does not serve `legal-aid`", mend: "or remove the weight"),
  Slip(
    name: "a weight of an unknown service", old: "{ id: \"18\"",
    new: "{ id: \"18\", weights: { \"tax-nummer\": 150 }",
    path: "counters[17].weights.tax-nummer", what: "not known",
    mend: "did you mean `tax-number`?"),
]

private let agreementSlips = [
  Slip(
    name: "an agreement about nothing", file: "lisbon/agreements.json5",
    old: "fields: [\"outcomes\", \"language\", \"needs\"]", new: "fields: []",
    path: "agreements[0].fields", what: "an agreement about nothing",
    mend: "name a field or remove it"),
  Slip(
    name: "an agreement that names a field twice", file: "lisbon/agreements.json5",
    old: "[\"outcomes\", \"language\", \"needs\"]", new: "[\"outcomes\", \"needs\", \"needs\"]",
    path: "agreements[0].fields[2]", what: "the field `needs` is in this list already",
    mend: "remove one of the two"),
  Slip(
    name: "an agreement about what no visit has", file: "lisbon/agreements.json5",
    old: "[\"outcomes\", \"language\", \"needs\"]", new: "[\"outcome\", \"language\"]",
    path: "agreements[0].fields[0]", what: "`outcome`", mend: "did you mean `outcomes`?"),
]
