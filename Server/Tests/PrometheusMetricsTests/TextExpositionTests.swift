import CoreMetrics
import PrometheusMetrics
import Testing

/// What is written, compared with the whole text that Prometheus's format wants.
@Suite struct TextExpositionTests {
    @Test func wholeTextOfEveryKindOfMetric() {
        let factory = PrometheusMetricsFactory(
            configuration: MetricsConfiguration(
                secondBuckets: [0.001, 0.1], sizeBuckets: [1, 2, 4],
                help: ["requests_total": "Requests.\nBy route and \\ status."]))
        Counter(label: "requests", dimensions: [("status", "200"), ("route", "/v2")], factory: factory)
            .increment(by: 3)
        Counter(
            label: "requests", dimensions: [("route", "a\"b\\c\nd"), ("status", "404")], factory: factory
        ).increment()
        FloatingPointCounter(label: "busy.seconds", dimensions: [], factory: factory).increment(by: 0.25)
        Meter(label: "queue-length", dimensions: [], factory: factory).set(7)
        let timer = CoreMetrics.Timer(label: "wait", dimensions: [("le", "x")], factory: factory)
        timer.recordNanoseconds(1_000_000)
        timer.recordNanoseconds(2_000_000_000)
        let sizes = Recorder(label: "batch", dimensions: [], aggregate: true, factory: factory)
        for size in [1, 3, 4, 9] { sizes.record(size) }

        #expect(
            factory.exposition() == #"""
                # HELP batch batch
                # TYPE batch histogram
                batch_bucket{le="1"} 1
                batch_bucket{le="2"} 1
                batch_bucket{le="4"} 3
                batch_bucket{le="+Inf"} 4
                batch_sum 17
                batch_count 4
                # HELP busy_seconds_total busy.seconds
                # TYPE busy_seconds_total counter
                busy_seconds_total 0.25
                # HELP queue_length queue-length
                # TYPE queue_length gauge
                queue_length 7
                # HELP requests_total Requests.\nBy route and \\ status.
                # TYPE requests_total counter
                requests_total{route="/v2",status="200"} 3
                requests_total{route="a\"b\\c\nd",status="404"} 1
                # HELP wait_seconds wait
                # TYPE wait_seconds histogram
                wait_seconds_bucket{exported_le="x",le="0.001"} 1
                wait_seconds_bucket{exported_le="x",le="0.1"} 1
                wait_seconds_bucket{exported_le="x",le="+Inf"} 2
                wait_seconds_sum{exported_le="x"} 2.001
                wait_seconds_count{exported_le="x"} 2

                """#)
    }

    @Test func processFiguresHaveTheNamesOfPrometheussClients() {
        let figures = ProcessFigures(
            cpuSeconds: 1.5, residentMemory: 4096, virtualMemory: 8192, openFiles: 9, openFilesLimit: 1024,
            startTime: 1_790_000_000.25)
        #expect(
            PrometheusMetricsFactory().exposition(process: figures) == """
                # HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 1.5
                # HELP process_max_fds Maximum number of open file descriptors.
                # TYPE process_max_fds gauge
                process_max_fds 1024
                # HELP process_open_fds Number of open file descriptors.
                # TYPE process_open_fds gauge
                process_open_fds 9
                # HELP process_resident_memory_bytes Resident memory size in bytes.
                # TYPE process_resident_memory_bytes gauge
                process_resident_memory_bytes 4096
                # HELP process_start_time_seconds Start time of the process since 1970 in seconds.
                # TYPE process_start_time_seconds gauge
                process_start_time_seconds 1790000000.25
                # HELP process_virtual_memory_bytes Virtual memory size in bytes.
                # TYPE process_virtual_memory_bytes gauge
                process_virtual_memory_bytes 8192

                """)
    }

    @Test(arguments: [
        (0.00005, "5e-05"), (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        (-0.5, "-0.5"),
        (3, "3"),
    ])
    func numbersAreThoseThatPrometheusReads(_ value: Double, _ text: String) {
        #expect(TextExposition.number(value) == text)
    }
}
