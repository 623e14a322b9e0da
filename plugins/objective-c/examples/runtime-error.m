#import <assert.h>
#import <objc/Object.h>
#import <stdio.h>

@interface Sharer : Object
+ (int)share:(int)total among:(int)count;
@end
@implementation Sharer
+ (int)share:(int)total among:(int)count {
    assert(count != 0);
    return total / count;
}
@end

int main(void) {
    printf("%d\n", [Sharer share:1 among:0]);
    return 0;
}
