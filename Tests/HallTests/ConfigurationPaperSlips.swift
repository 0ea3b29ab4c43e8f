/// Mistakes in what stands on the slips: the template, the documents, the arrows.
let paperSlips = templateSlips + documentSlips

private let slipFile = "lisbon/slip.json5"

private let templateSlips = [
  Slip(
    name: "a block with a typing error", file: slipFile, old: "\"documents\"",
    new: "\"docments\"", path: "blocks[10]", what: "there is no block `docments`",
    mend: "did you mean `documents`?"),
  Slip(
    name: "a slip without a number", file: slipFile, old: "    \"number\",\n", new: "",
    path: "blocks", what: "the block `number` is missing", mend: "add `number`"),
  Slip(
    name: "a slip without a code", file: slipFile, old: "{ block: \"code\", foot: true },",
    new: "", path: "blocks", what: "the block `code` is missing", mend: "add `code`"),
  Slip(
    name: "a slip on which a voucher looks like a number", file: slipFile,
    old: "    \"notice\",\n", new: "", path: "blocks", what: "the block `notice` is missing",
    mend: "add `notice`"),
  Slip(
    name: "a block twice", file: slipFile, old: "\"then\"", new: "\"way\"", path: "blocks[8]",
    what: "the block `way` is there already, at blocks[5]", mend: "remove one of the two"),
  Slip(
    name: "the foot beside the code and below it", file: slipFile, old: "\"shares\",",
    new: "\"shares\", \"foot\",", path: "blocks[16]",
    what: "the block `foot` is there already, at blocks[12]", mend: "remove one of the two"),
  Slip(
    name: "a size out of range", file: slipFile, old: "\"number\"",
    new: "{ block: \"number\", size: 600 }", path: "blocks[1].size",
    what: "600 is out of range", mend: "from 90 to 260"),
  Slip(
    name: "a size with a fraction", file: slipFile, old: "size: 24", new: "size: 24.5",
    path: "blocks[13].size", what: "24.5 is out of range", mend: "from 22 to 48"),
  Slip(
    name: "a text that lacks a language", file: slipFile,
    old: "        hi: \"जाने तक यह पर्ची अपने पास रखें।\",\n", new: "",
    path: "blocks[13].words", what: "the key `hi` is missing", mend: "add `hi`"),
  Slip(
    name: "a text in a language that the venue has not", file: slipFile, old: "      words: {",
    new: "      words: {\n        de: \"Aufbewahren\",", path: "blocks[13].words.de",
    what: "the key `de` is not known", mend: "did you mean"),
  Slip(
    name: "a text in one language only", file: slipFile, old: "\"shares\",",
    new: "\"shares\", \"text\",", path: "blocks[16]", what: "the block `text` says nothing",
    mend: "a word for each language"),
  Slip(
    name: "a text that fills the slip", file: slipFile, old: "Keep this paper until you leave.",
    new: String(repeating: "Keep it. ", count: 20), path: "blocks[13].words.en",
    what: "the text has 180 characters", mend: "shorten it to 120"),
  Slip(
    name: "a flag where it says nothing", file: slipFile, old: "\"wave\"",
    new: "{ block: \"wave\", foot: true }", path: "blocks[0].foot", what: "not known",
    mend: "remove it"),
  Slip(
    name: "an entry without its block", file: slipFile, old: "{ block: \"code\", foot: true },",
    new: "{ foot: true },", path: "blocks[12]", what: "the key `block` is missing",
    mend: "add `block`"),
  Slip(
    name: "a block that is a number", file: slipFile, old: "\"wave\",", new: "4,",
    path: "blocks[0]", what: "a number", mend: "an object"),
]

private let documentSlips = [
  Slip(
    name: "a document that nobody declared", old: "[\"identity\", \"residence-permit\"] },",
    new: "[\"identity\", \"residence-permt\"] },", path: "services[19].documents[1]",
    what: "there is no document `residence-permt`", mend: "did you mean `residence-permit`?"),
  Slip(
    name: "documents of a neutral service", old: "minutes: 17, neutral: true",
    new: "minutes: 17, neutral: true, documents: [\"identity\"]", path: "services[5].documents",
    what: "the list on the slip would tell the matter", mend: "remove `documents`"),
  Slip(
    name: "a document without a name", file: "lisbon/names/en.json5",
    old: "    diplomas: \"Diplomas and certificates\",\n", new: "", path: "documents",
    what: "the key `diplomas` is missing", mend: "add `diplomas`"),
  Slip(
    name: "a kiosk's arrow to nowhere", old: "arrows: { entrance: \"right\", main",
    new: "arrows: { entrance: \"right\", mian", path: "kiosks[0].arrows.mian",
    what: "not known", mend: "did you mean"),
  Slip(
    name: "a kiosk's arrow that is none", old: "arrows: { entrance: \"right\"",
    new: "arrows: { entrance: \"rigth\"", path: "kiosks[0].arrows.entrance", what: "`rigth`",
    mend: "did you mean `right`?"),
]
