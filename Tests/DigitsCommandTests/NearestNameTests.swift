import DigitsCommand
import Testing

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("train", "train", 0), ("tran", "train", 1), ("trian", "train", 1), ("", "abc", 3),
        ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
    func distanceCountsSlips(first: String, second: String, slips: Int) {
        #expect(NearestName.distance(first, second) == slips)
        #expect(NearestName.distance(second, first) == slips)
    }

    @Test(arguments: [
        ("tran", "train"), ("trian", "train"), ("SHOW", "show"), ("evalute", "evaluate"), ("dat", "data"),
    ])
    func mistypedVerbsFindTheRightOne(typed: String, meant: String) {
        let verbs = ["data", "show", "summary", "train", "evaluate", "predict"]
        #expect(NearestName.suggestion(for: typed, among: verbs) == meant)
    }

    @Test func theFirstLettersOfALongNameFindIt() {
        let names = ["none", "unit-range", "standardized"]
        #expect(NearestName.suggestion(for: "unit", among: names) == "unit-range")
        #expect(NearestName.suggestion(for: "Stand", among: names) == "standardized")
        #expect(NearestName.suggestion(for: "un", among: names) == nil, "Two letters are too few.")
    }

    @Test func nothingIsSuggestedForSomethingElse() {
        #expect(NearestName.suggestion(for: "xyzzy", among: ["data", "show"]) == nil)
        #expect(
            NearestName.unknown("command", "xyzzy", among: ["data", "show"])
                == "Unknown command 'xyzzy'. There are: data, show.")
        #expect(
            NearestName.unknown("recipe", "notbook", among: ["notebook", "lenet5"])
                == "Unknown recipe 'notbook'. Did you mean 'notebook'?")
    }
}
