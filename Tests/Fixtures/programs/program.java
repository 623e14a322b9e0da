// Weighs the numbers of its input.
import java.util.Scanner;

public class Main {
    static final int LIMIT = 10;
    static final int START = 5;
    static final int[] STEPS = {4, 7};

    static int weigh(int value, int factor) {
        // The even ones count more.
        int total = -START;
        if (value % 2 == 0 && value < LIMIT) {
            total += value * factor;
        } else {
            total -= value + factor;
        }
        return total;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int count = 0;
        int result = 0;
        while (scanner.hasNextInt()) {
            result += weigh(scanner.nextInt(), STEPS[0]);
            count += 1;
        }
        System.out.println("result " + result);
        System.out.println("share " + result / count);
    }
}
