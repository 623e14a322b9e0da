import Glibc

let port = UInt16(readLine() ?? "") ?? 0
var address = sockaddr_in()
address.sin_family = sa_family_t(AF_INET)
address.sin_port = port.bigEndian
address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
let failed = withUnsafeBytes(of: &address) { bytes in
    descriptor < 0
        || connect(
            descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
            socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
}
print(failed ? "refused" : "connected")
