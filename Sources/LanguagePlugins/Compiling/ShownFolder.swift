import Sandbox

/// A folder of the host, and where a box shows it.
///
/// Where the store lies tells whose computer this is, and a compiler tells a program's text all that it can see.
struct ShownFolder: Sendable, Hashable {
    /// The absolute path on the host.
    let path: String
    /// The absolute path in the box.
    let shownPath: String

    /// A folder shown under a name of its own, or, where a box has no mounts, under the host's.
    init(_ path: String, as name: String, scratch: ScratchPlace) {
        self.path = path
        shownPath = scratch == .ownTmp ? name : path
    }

    /// Where the box shows something in the folder.
    func shown(_ path: String) -> String {
        path.hasPrefix(self.path) ? shownPath + path.dropFirst(self.path.utf8.count) : path
    }

    /// The view with the folder in it.
    func added(to view: FileSystemView) -> FileSystemView {
        guard shownPath != path else { return view.adding([path]) }
        var view = view
        view.renamedPaths[shownPath] = path
        return view
    }
}
