import Synchronization

let total = Mutex(0)
await withTaskGroup(of: Void.self) { group in
    for value in 1...4 {
        group.addTask { total.withLock { $0 += value } }
    }
}
print(total.withLock { $0 })
