import Testing

@testable import Sandbox

@Suite("Cgroup layout")
struct CgroupLayoutTests {
    @Test("reads mounts of either version, and nothing else")
    func mounts() {
        let v1 = CgroupMount.parse("34 25 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct")
        #expect(v1?.version == 1)
        #expect(v1?.controllers.contains("cpuacct") == true)
        let v2 = CgroupMount.parse("35 24 0:29 /docker/1 /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup rw")
        #expect(v2 == CgroupMount(version: 2, point: "/sys/fs/cgroup", root: "/docker/1", controllers: []))
        #expect(v2?.folder(of: "/docker/1/a") == "/sys/fs/cgroup/a")
        #expect(v2?.folder(of: "/docker/1") == "/sys/fs/cgroup")
        #expect(CgroupMount.parse("36 35 98:0 / /mnt rw - ext4 /dev/root rw") == nil)
        #expect(CgroupMount.parse("") == nil)
        #expect(CgroupMount.parse("a b c - cgroup") == nil)
    }

    @Test("reads memberships, colons in paths included")
    func memberships() {
        #expect(CgroupMembership.parse("0::/user.slice") == CgroupMembership(controllers: [], path: "/user.slice"))
        #expect(
            CgroupMembership.parse("4:cpu,cpuacct:/a:b")
                == CgroupMembership(controllers: ["cpu", "cpuacct"], path: "/a:b"))
        #expect(CgroupMembership.parse("nonsense") == nil)
    }
}
