#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    int port = 0;
    if (scanf("%d", &port) != 1) {
        return 1;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    int failed = descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address);
    puts(failed ? "refused" : "connected");
    return 0;
}
