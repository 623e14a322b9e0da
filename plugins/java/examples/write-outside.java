import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Scanner;

public class Main {
    public static void main(String[] arguments) {
        Scanner scanner = new Scanner(System.in);
        while (scanner.hasNext()) {
            try (FileOutputStream file = new FileOutputStream(scanner.next())) {
                System.out.println("written");
            } catch (IOException exception) {
                System.out.println("refused");
            }
        }
    }
}
