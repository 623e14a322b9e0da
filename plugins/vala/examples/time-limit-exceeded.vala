void main () {
    for (int i = 0; i >= 0; i = (i + 1) % 1000) {
    }
}
