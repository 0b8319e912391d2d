import Evaluation
import ModelReports
import Testing

@Suite struct ProportionTextTests {
    @Test func textHasPercentageAndCounts() {
        let result = ProportionInterval(correct: 9851, count: 10000)
        #expect(result.text == "98.51% (9,851/10,000)")
        #expect(result.textWithErrorBar == "98.51% ± 0.24 (9,851/10,000)")
    }
}
