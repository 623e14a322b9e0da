void main () {
    while (true) {
        uint8* kept = GLib.malloc (1 << 20);
        Memory.set (kept, 1, 1 << 20);
    }
}
