#include "csandbox.h"

int main(void)
{
    return csandbox_launcher_main();
}
