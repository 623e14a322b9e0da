import java.io.IOException;
import java.net.Socket;
import java.util.Scanner;

public class Main {
    public static void main(String[] arguments) {
        int port = new Scanner(System.in).nextInt();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            System.out.println("connected");
        } catch (IOException exception) {
            System.out.println("refused");
        }
    }
}
