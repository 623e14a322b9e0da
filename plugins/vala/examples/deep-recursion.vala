int64 depth (int64 level) {
    int64 frame[32];
    frame[level % 32] = level;
    return 1 + depth (level + 1) + frame[level % 32];
}

void main () {
    stdout.printf ("%s\n", depth (0).to_string ());
}
