import java.util.Scanner;

public class Main {
    public static void main(String[] arguments) {
        Scanner scanner = new Scanner(System.in);
        int count = scanner.nextInt();
        long total = 0;
        for (int i = 0; i < count - 1; i++) {
            total += scanner.nextInt();
        }
        System.out.println(total);
    }
}
