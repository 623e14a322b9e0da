void main () {
    string? path;
    while ((path = stdin.read_line ()) != null) {
        stdout.printf (FileStream.open (path, "w") == null ? "refused\n" : "written\n");
    }
}
