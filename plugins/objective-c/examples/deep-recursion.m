#import <objc/Object.h>
#import <stdio.h>

@interface Well : Object
+ (int)depth:(int)level;
@end

@implementation Well
+ (int)depth:(int)level {
    return 1 + [self depth:level + 1];
}
@end

int main(void) {
    printf("%d\n", [Well depth:0]);
    return 0;
}
