/// Mistakes that administrators make, one at a time.
let slips: [Slip] =
  keySlips + valueSlips + referenceSlips + ruleSlips + languageSlips + syntaxSlips + paperSlips

private let keySlips = [
  Slip(
    name: "a key with a typing error", old: "policy: \"statutory\"", new: "polcy: \"statutory\"",
    path: "polcy", what: "not known", mend: "did you mean `policy`?"),
  Slip(
    name: "a key that nobody knows", old: "  policy:", new: "  wallpaper: \"blue\",\n  policy:",
    path: "wallpaper", what: "not known", mend: "remove it"),
  Slip(
    name: "a key in an entry that nobody knows", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 1, colour: 1 }", path: "zones[3].colour", what: "not known",
    mend: "remove it"),
  Slip(
    name: "a missing key", old: "  policy: \"statutory\",", new: "", path: "",
    what: "`policy` is missing", mend: "add `policy`"),
  Slip(
    name: "a missing key in an entry", old: "port: 9101, ", new: "", path: "printers[1]",
    what: "`port` is missing", mend: "add `port`"),
  Slip(
    name: "a key that stands twice", old: "  policy:", new: "  policy: \"arrival\",\n  policy:",
    path: "policy", what: "twice", mend: "keep one"),
]

private let valueSlips = [
  Slip(
    name: "a number in quotes", old: "port: 9101", new: "port: \"9101\"", path: "printers[1].port",
    what: "a text", mend: "a number"),
  Slip(
    name: "a text without quotes meant as a number", old: "name: \"Rossio\"", new: "name: 12",
    path: "name", what: "a number", mend: "a text"),
  Slip(
    name: "an entry that is no object", old: "{ id: \"west\", floor: 1 }", new: "\"west\"",
    path: "zones[3]", what: "a text", mend: "an object"),
  Slip(
    name: "a list that is none", old: "skips: [4, 13, 17, 39, 88]", new: "skips: 4",
    path: "numbering.skips", what: "a number", mend: "a list"),
  Slip(
    name: "a flag that is none", old: "minutes: 40, neutral: true",
    new: "minutes: 40, neutral: \"yes\"", path: "services[30].neutral", what: "a text",
    mend: "true or false"),
  Slip(
    name: "an empty name", old: "name: \"Rossio\"", new: "name: \" \"", path: "name",
    what: "empty", mend: "write it"),
  Slip(
    name: "a name on two lines", old: "name: \"Rossio\"", new: "name: \"Ros\\nsio\"", path: "name",
    what: "a line break", mend: "on one line"),
  Slip(
    name: "a name that turns the direction round", old: "name: \"Rossio\"",
    new: "name: \"\\u202ERossio\"", path: "name", what: "a direction mark",
    mend: "cannot be seen"),
  Slip(
    name: "a port out of range", old: "port: 9101", new: "port: 70000", path: "printers[1].port",
    what: "70000 is out of range", mend: "from 1 to 65535"),
  Slip(
    name: "an address with a number beyond a byte", old: "\"127.0.0.1\", port: 9101",
    new: "\"192.168.10.999\", port: 9101", path: "printers[1].host", what: "is no host",
    mend: "an address like `192.168.1.50`"),
  Slip(
    name: "an address that some read as octal",
    old: "\"127.0.0.1\", port: 9101", new: "\"192.168.010.22\", port: 9101",
    path: "printers[1].host", what: "is no host", mend: "an address like `192.168.1.50`"),
  Slip(
    name: "a number with a fraction", old: "id: \"tax-number\", agency: \"tax\", minutes: 6",
    new: "id: \"tax-number\", agency: \"tax\", minutes: 6.5", path: "services[9].minutes",
    what: "6.5 is out of range", mend: "a whole number"),
  Slip(
    name: "a color by name", old: "#8C4A9E", new: "purple", path: "agencies[1].sign.color",
    what: "no color", mend: "#1D4E9E"),
  Slip(
    name: "a shape that is not drawn", old: "shape: \"disc\"", new: "shape: \"dis\"",
    path: "agencies[1].sign.shape", what: "`dis`", mend: "did you mean `disc`?"),
  Slip(
    name: "a prefix that looks like a digit", old: "prefix: \"K\"", new: "prefix: \"O\"",
    path: "agencies[1].prefix", what: "looks like a digit", mend: "other than I and O"),
  Slip(
    name: "a prefix of two letters", old: "prefix: \"K\"", new: "prefix: \"KA\"",
    path: "agencies[1].prefix", what: "cannot be a prefix", mend: "one capital letter"),
  Slip(
    name: "a time zone that is none", old: "Europe/Lisbon", new: "Europe/Lisboa",
    path: "timeZone", what: "no time zone", mend: "did you mean `Europe/Lisbon`?"),
  Slip(
    name: "an address with a slash at the end", old: "https://rossio.example.org",
    new: "https://rossio.example.org/", path: "publicURL", what: "no address",
    mend: "without a slash"),
  Slip(
    name: "an address without a scheme", old: "https://rossio.example.org",
    new: "rossio.example.org", path: "publicURL", what: "no address", mend: "https://"),
  Slip(
    name: "hours in words", old: "Mo-Fr 08:30-18:00; PH off", new: "weekdays 08:30-18:00",
    path: "services[12].hours", what: "no opening hours", mend: "days are `Mo` to `Su`"),
  Slip(
    name: "hours that close when they open", old: "Mo-Fr 08:30-18:00", new: "Mo-Fr 08:30-08:30",
    path: "services[12].hours", what: "`08:30-08:30` closes when it opens", mend: "`00:00-24:00`"),
  Slip(
    name: "hours that follow the sun", old: "Mo-Fr 08:30-18:00", new: "Mo-Fr 08:30-sunset",
    path: "services[12].hours", what: "`sunset` depends on the sun", mend: "write clock times"),
  Slip(
    name: "a policy that does not exist", old: "policy: \"statutory\"", new: "policy: \"fair\"",
    path: "policy", what: "`fair`", mend: "`arrival`, `statutory`"),
  Slip(
    name: "a printer that is to stand in for itself", old: "profile: \"epson-tm-t20iii\" },",
    new: "profile: \"epson-tm-t20iii\", backup: \"P1\" },", path: "printers[0].backup",
    what: "`P1` cannot stand in for itself", mend: "another printer"),
  Slip(
    name: "an id with a space", old: "id: \"P3\"", new: "id: \"P 3\"", path: "printers[2].id",
    what: "cannot be an id", mend: "without spaces"),
  Slip(
    name: "a limit of nothing", old: "connections: 4096", new: "connections: 0",
    path: "limits.connections", what: "0 is out of range", mend: "from 16"),
  Slip(
    name: "a floor in the sky", old: "{ id: \"west\", floor: 1 }",
    new: "{ id: \"west\", floor: 100 }", path: "zones[3].floor", what: "out of range",
    mend: "to 99"),
]

private let referenceSlips = [
  Slip(
    name: "a prefix used twice", old: "prefix: \"T\"", new: "prefix: \"K\"",
    path: "agencies[3].prefix", what: "`K` is used twice; first at agencies[1].prefix",
    mend: "its own letter"),
  Slip(
    name: "an agency with the neutral prefix", old: "prefix: \"T\"", new: "prefix: \"N\"",
    path: "agencies[3].prefix", what: "used twice; it is the neutral one", mend: "another letter"),
  Slip(
    name: "a sign used twice", old: "shape: \"disc\", color: \"#8C4A9E\"",
    new: "shape: \"ring\", color: \"#1d4e9e\"", path: "agencies[1].sign", what: "used twice",
    mend: "its own pair"),
  Slip(
    name: "an id used twice", old: "{ id: \"K2\"", new: "{ id: \"K1\"", path: "kiosks[1].id",
    what: "the kiosk `K1` is there already", mend: "another id"),
  Slip(
    name: "a label used twice", old: "{ id: \"8\", agency",
    new: "{ id: \"8\", label: \"7\", agency",
    path: "counters[7].label", what: "label `7` is used twice; first at counters[6].id",
    mend: "its own label"),
  Slip(
    name: "two printers at one address", old: "port: 9101", new: "port: 9100",
    path: "printers[1].host", what: "`127.0.0.1:9100` is used twice", mend: "its own host and port"),
  Slip(
    name: "a counter that serves nothing", old: "services: [\"reception\"] }",
    new: "services: [] }",
    path: "counters[0].services", what: "serves nothing", mend: "one service at least"),
  Slip(
    name: "a counter that speaks nothing",
    old: "zone: \"main\", languages: [\"pt\", \"en\", \"es\", \"fr\"]",
    new: "zone: \"main\", languages: []", path: "counters[7].languages",
    what: "speaks no language", mend: "one language at least"),
  Slip(
    name: "a counter of an unknown service", old: "services: [\"reception\"] }",
    new: "services: [\"recepcion\"] }", path: "counters[0].services[0]",
    what: "no service `recepcion`", mend: "did you mean `reception`?"),
  Slip(
    name: "a service twice at one counter", old: "services: [\"reception\"] }",
    new: "services: [\"reception\", \"reception\"] }", path: "counters[0].services[1]",
    what: "in this list already", mend: "remove one"),
  Slip(
    name: "a service that nobody serves", old: "services: [\"confidential-talk\"] }",
    new: "services: [\"legal-aid\"] }", path: "services[30]",
    what: "no counter serves `confidential-talk`", mend: "`services` of a counter"),
  Slip(
    name: "a counter in an unknown zone", old: "agency: \"reception\", zone: \"entrance\"",
    new: "agency: \"reception\", zone: \"entrence\"", path: "counters[0].zone",
    what: "no zone `entrence`", mend: "did you mean `entrance`?"),
  Slip(
    name: "a counter of an unknown agency", old: "{ id: \"7\", agency: \"reception\"",
    new: "{ id: \"7\", agency: \"welcome\"", path: "counters[6].agency",
    what: "no agency `welcome`", mend: "this venue has"),
  Slip(
    name: "a counter in a language that the venue does not offer",
    old: "zone: \"entrance\", languages: [\"pt\"", new: "zone: \"entrance\", languages: [\"ro\"",
    path: "counters[0].languages[0]", what: "no language `ro`", mend: "this venue has"),
  Slip(
    name: "a service of an unknown agency", old: "id: \"tax-number\", agency: \"tax\"",
    new: "id: \"tax-number\", agency: \"taxes\"", path: "services[9].agency",
    what: "no agency `taxes`", mend: "did you mean `tax`?"),
  Slip(
    name: "a need of an unknown service", old: "\"health-centre\", \"confidential-talk\"]",
    new: "\"health-center\", \"confidential-talk\"]", path: "needs[3].services[1]",
    what: "no service `health-center`", mend: "did you mean `health-centre`?"),
  Slip(
    name: "a need that leads nowhere",
    old: "[\"health-number\", \"health-centre\", \"confidential-talk\"]", new: "[]",
    path: "needs[3].services", what: "no service", mend: "one service at least"),
  Slip(
    name: "a kiosk without the service of a person", old: ", personService: \"reception\",",
    new: ",", path: "kiosks[0]", what: "`personService` is missing", mend: "add"),
  Slip(
    name: "a kiosk whose person's service does not exist", old: "personService: \"reception\"",
    new: "personService: \"person\"", path: "kiosks[0].personService",
    what: "no service `person`", mend: "this venue has"),
  Slip(
    name: "a kiosk with an unknown printer", old: "printer: \"P2\"", new: "printer: \"P9\"",
    path: "kiosks[1].printer", what: "no printer `P9`", mend: "this venue has"),
  Slip(
    name: "a screen that shows an unknown zone", old: "shows: [\"west\"]",
    new: "shows: [\"vest\"]", path: "screens[3].shows[0]", what: "no zone `vest`",
    mend: "did you mean `west`?"),
  Slip(
    name: "an arrow to an unknown zone", old: "down\", main: \"up\"", new: "down\", mian: \"up\"",
    path: "screens[0].arrows.mian", what: "not known", mend: "did you mean `main`?"),
  Slip(
    name: "an arrow in no direction", old: "main: \"up\", east: \"right\"",
    new: "main: \"ahead\", east: \"right\"", path: "screens[0].arrows.main", what: "`ahead`",
    mend: "`up`"),
]

private let languageSlips = [
  Slip(
    name: "a language tag with an underscore", old: "\"zh-Hans\",", new: "\"zh_Hans\",",
    path: "languages[10]", what: "`zh_Hans` is no language tag", mend: "small letters"),
  Slip(
    name: "a script in small letters", old: "\"zh-Hans\",", new: "\"zh-hans\",",
    path: "languages[10]", what: "no language tag", mend: "`Hans`"),
  Slip(
    name: "a language offered twice", old: "\"ur\", \"ti\"]", new: "\"ur\", \"ti\", \"ur\"]",
    path: "languages[13]", what: "`ur` is there already", mend: "another id"),
  Slip(
    name: "a host language that is not offered", old: "hostLanguage: \"pt\"",
    new: "hostLanguage: \"de\"", path: "hostLanguage", what: "no language `de`",
    mend: "this venue has"),
  Slip(
    name: "a pack that lacks a term", file: "languages/uk.json5", old: "    copy: \"Копія\",\n",
    new: "", path: "words", what: "`copy` is missing", mend: "add `copy`"),
  Slip(
    name: "a pack with a word that nobody asks for", file: "languages/uk.json5",
    old: "    copy:", new: "    kitchen: \"Кухня\",\n    copy:", path: "words.kitchen",
    what: "not known", mend: "remove it"),
  Slip(
    name: "a placeholder that was lost", file: "languages/ar.json5", old: "الشباك {n}\"",
    new: "الشباك\"", path: "words.counter", what: "`{n}` is missing", mend: "write `{n}`"),
  Slip(
    name: "a placeholder that nobody fills", file: "languages/fr.json5", old: "\"Copie\"",
    new: "\"Copie {n}\"", path: "words.copy", what: "`{n}` is not known", mend: "remove it"),
  Slip(
    name: "a pack of another language", file: "languages/ne.json5", old: "tag: \"ne\"",
    new: "tag: \"hi\"", path: "tag", what: "named for `ne` but says `hi`", mend: "write `ne`"),
  Slip(
    name: "a direction in words", file: "languages/ar.json5", old: "\"rtl\"",
    new: "\"right to left\"", path: "direction", what: "none of the possible words",
    mend: "`ltr`, `rtl`"),
  Slip(
    name: "a script that is no code", file: "languages/ar.json5", old: "\"Arab\"",
    new: "\"Arabic\"", path: "script", what: "no script", mend: "ISO 15924"),
  Slip(
    name: "a review on no date", file: "languages/ar.json5", old: "2026-11-25", new: "yesterday",
    path: "reviewed", what: "no date", mend: "2026-11-25"),
  Slip(
    name: "a client's word among those for staff", file: "languages/en.json5", old: "  words: {",
    new: "  staff: { ticket: \"Ticket\" },\n  words: {", path: "staff.ticket",
    what: "a word for clients", mend: "move it"),
  Slip(
    name: "a service without a name", file: "lisbon/names/ti.json5",
    old: "    \"tax-number\"", new: "    \"tax-nummer\"", path: "services.tax-nummer",
    what: "not known", mend: "did you mean `tax-number`?"),
  Slip(
    name: "a name that fits no slip", file: "lisbon/names/en.json5",
    old: "\"Reception and information\"",
    new: "\"Reception, information, first orientation and all kinds of help\"",
    path: "services.reception", what: "characters", mend: "48 or fewer"),
]

private let syntaxSlips = [
  Slip(
    name: "a missing comma", old: "id: \"lisbon\",", new: "id: \"lisbon\"", path: "",
    what: "expected `,` or `}`, found `name:`", mend: "a comma"),
  Slip(
    name: "a quote that is not closed", old: "name: \"Rossio\",", new: "name: \"Rossio,", path: "",
    what: "not closed on its line", mend: "a quote"),
  Slip(
    name: "a bracket too many", old: "skips: [4, 13, 17, 39, 88]", new: "skips: [4, 13]]", path: "",
    what: "expected `,` or `}`, found `],`", mend: "a bracket"),
  Slip(
    name: "a word without quotes", old: "policy: \"statutory\"", new: "policy: statutory", path: "",
    what: "`statutory` is no value", mend: "look here"),
]
