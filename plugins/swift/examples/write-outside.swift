import Glibc

while let path = readLine() {
    print(fopen(path, "w") == nil ? "refused" : "written")
}
