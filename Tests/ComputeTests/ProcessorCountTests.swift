import Compute
import Testing

/// Processors by what Linux tells in its files.
@Suite struct ProcessorCountTests {
    private func count(
        allowed: String = "0-7", online: String = "0-7", _ groups: [String: String] = [:]
    ) -> Int {
        let files = [
            "/proc/self/status":
                "Name:\tdigits\nCpus_allowed:\tff\nCpus_allowed_list:\t\(allowed)\nThreads:\t1\n",
            "/sys/devices/system/cpu/online": "\(online)\n",
        ].merging(groups) { $1 }
        return ProcessorCount.count { files[$0] }
    }

    @Test func affinityCounts() {
        #expect(count() == 8)
        #expect(count(allowed: "0") == 1)
        #expect(count(allowed: "1,3-5") == 4)
    }

    @Test func whatIsNotOnlineDoesNot() {
        #expect(count(allowed: "0-239", online: "0-1") == 2)
        #expect(count(allowed: "0,5", online: "0-3") == 1)
    }

    @Test(arguments: [
        ("200000 100000", 2), ("150000 100000", 2), ("10000 100000", 1), ("1600000 100000", 8),
        ("max 100000", 8), ("", 8), ("nonsense", 8), ("-5 100000", 8), ("5 0", 8),
    ])
    func aQuotaOfVersion2IsRoundedUp(quota: String, expected: Int) {
        #expect(
            count(["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "\(quota)\n"]) == expected)
    }

    @Test func theSmallestQuotaOfAGroupAndThoseAboveCounts() {
        let group = "/sys/fs/cgroup/system.slice/docker.scope"
        #expect(
            count([
                "/proc/self/cgroup": "0::/system.slice/docker.scope\n", "\(group)/cpu.max": "max 100000",
                "/sys/fs/cgroup/system.slice/cpu.max": "300000 100000",
            ]) == 3)
    }

    @Test(arguments: ["cpu,cpuacct", "cpu"])
    func aQuotaOfVersion1Counts(folder: String) {
        let groups = "12:pids:/a\n4:cpu,cpuacct:/docker/1\n0::/\n"
        for group in ["/docker/1", ""] {
            let path = "/sys/fs/cgroup/\(folder)\(group)"
            func count(_ quota: Int) -> Int {
                self.count([
                    "/proc/self/cgroup": groups, "\(path)/cpu.cfs_quota_us": "\(quota)\n",
                    "\(path)/cpu.cfs_period_us": "100000\n",
                ])
            }
            #expect(count(250_000) == 3)
            #expect(count(-1) == 8)
        }
    }

    @Test func withoutSuchFilesTheSystemTellsTheNumber() {
        #expect(ProcessorCount.count { _ in nil } >= 1)
        #expect(ProcessorCount.count { _ in "" } >= 1)
        #expect(ProcessorCount.available >= 1)
    }
}
