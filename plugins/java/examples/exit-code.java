public class Main {
    public static void main(String[] arguments) {
        System.exit(7);
    }
}
