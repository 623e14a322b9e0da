#include "csandbox.h"
int main(int argc, char **argv) { return csandbox_launcher_main(argc, argv); }
