public class Main {
    static int divide(int total, int count) {
        return total / count;
    }

    public static void main(String[] arguments) {
        System.out.println(divide(1, 0));
    }
}
