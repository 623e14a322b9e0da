#import <stdio.h>

int main(void) {
    int total = 1 + ;
    printf("%d\n", total);
    return 0;
}
