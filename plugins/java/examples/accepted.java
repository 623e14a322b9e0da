import java.util.Scanner;

class Adder {
    long total = 0;

    void add(int value) {
        total += value;
    }
}

public class Summation {
    public static void main(String[] arguments) {
        Scanner scanner = new Scanner(System.in);
        int count = scanner.nextInt();
        Adder adder = new Adder();
        for (int i = 0; i < count; i++) {
            adder.add(scanner.nextInt());
        }
        System.out.println(adder.total);
    }
}
