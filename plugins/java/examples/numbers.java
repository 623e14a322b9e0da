import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    public static void main(String[] arguments) {
        Scanner scanner = new Scanner(System.in);
        List<Long> numbers = new ArrayList<>();
        long total = 0;
        while (scanner.hasNextLong()) {
            long number = scanner.nextLong();
            numbers.add(number);
            total += number;
        }
        Collections.sort(numbers);
        System.out.println(total);
        System.out.println(numbers.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
}
