import CoreMetrics
import Dispatch
import PrometheusMetrics
import Testing

@Suite struct PrometheusMetricsFactoryTests {
    @Test func oneSeriesForOneNameAndItsLabelsInAnyOrder() {
        let factory = PrometheusMetricsFactory()
        Counter(label: "n", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
        Counter(label: "n_total", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
        #expect(factory.exposition().contains("n_total{a=\"1\",b=\"2\"} 2\n"))
    }

    @Test func labelSetsBeyondTheLimitAreCountedTogether() {
        let factory = PrometheusMetricsFactory(configuration: MetricsConfiguration(labelSetLimit: 2))
        for path in 0..<1000 {
            Counter(label: "n", dimensions: [("path", "/\(path)")], factory: factory).increment()
        }
        let lines = factory.exposition().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines == ["n_total{path=\"/0\"} 1", "n_total{path=\"/1\"} 1", "n_total{path=\"other\"} 998"])
    }

    @Test func aNameKeepsTheTypeOfItsFirstUse() {
        let factory = PrometheusMetricsFactory()
        Meter(label: "n_total", dimensions: [], factory: factory).set(1)
        Counter(label: "n", dimensions: [], factory: factory).increment(by: 5)
        #expect(factory.exposition() == "# HELP n_total n_total\n# TYPE n_total gauge\nn_total 1\n")
    }

    @Test func countersNeverFall() {
        let factory = PrometheusMetricsFactory()
        let counter = Counter(label: "n", dimensions: [], factory: factory)
        counter.increment(by: 2)
        counter.increment(by: -1)
        let amount = factory.makeFloatingPointCounter(label: "x", dimensions: [])
        for value in [0.5, -1, .nan, .infinity] { amount.increment(by: value) }
        #expect(factory.exposition().contains("\nn_total 2\n"))
        #expect(factory.exposition().contains("\nx_total 0.5\n"))
    }

    @Test func gaugesRiseAndFall() {
        let factory = PrometheusMetricsFactory()
        let meter = factory.makeMeter(label: "n", dimensions: [])
        meter.set(3 as Int64)
        meter.increment(by: 2)
        meter.decrement(by: 4.5)
        #expect(factory.exposition().contains("\nn 0.5\n"))
    }

    @Test func aDestroyedMetricIsForgotten() {
        let factory = PrometheusMetricsFactory()
        let counter = Counter(label: "n", dimensions: [], factory: factory)
        counter.increment()
        counter.destroy()
        #expect(factory.exposition().isEmpty)
    }

    @Test func namesAreMadeValid() {
        #expect(
            MetricName.valid("http.server.request-duration", suffix: "_seconds")
                == "http_server_request_duration_seconds")
        #expect(MetricName.valid("9 lives") == "_9_lives")
        #expect(MetricName.valid("") == "_")
        #expect(MetricName.validLabel("a:b") == "a_b")
        #expect(MetricName.valid("größe") == "gr____e")
    }

    @Test func nothingIsLostWhenThreadsCountAtOnce() {
        let factory = PrometheusMetricsFactory(configuration: MetricsConfiguration(sizeBuckets: [1]))
        let recorder = Recorder(label: "n", dimensions: [], aggregate: true, factory: factory)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<10_000 { recorder.record(2) }
        }
        #expect(factory.exposition().contains("n_sum 160000\nn_count 80000\n"))
    }

    #if os(Linux)
        @Test func thisProcessIsThere() throws {
            let figures = try #require(ProcessFigures.current())
            #expect(figures.residentMemory > 1_000_000 && figures.residentMemory <= figures.virtualMemory)
            #expect((3...10_000).contains(figures.openFiles))
            #expect(figures.startTime > 1_700_000_000)
            #expect(figures.cpuSeconds >= 0)
        }

        @Test func aProgramsNameMayHoldBracketsAndBlanks() throws {
            let fields = (3...52).map { "\($0)" }.joined(separator: " ")
            #expect(try #require(ProcessFigures.statFields("7 (a) b) \(fields)\n"))[11] == "14")
            #expect(ProcessFigures.statFields("7 (a) 1 2 3") == nil)
        }
    #endif
}
