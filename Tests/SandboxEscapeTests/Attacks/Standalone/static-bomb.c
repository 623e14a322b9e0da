/* Row 14: asks for its memory before its first instruction. */
static volatile char space[1024L * 1024 * 1024];

int main(void) {
    for (unsigned long i = 0; i < sizeof space; i += 4096) space[i] = 1;
    return 0;
}
