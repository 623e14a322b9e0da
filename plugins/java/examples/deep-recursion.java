public class Main {
    static int depth(int level) {
        return 1 + depth(level + 1);
    }

    public static void main(String[] arguments) {
        System.out.println(depth(0));
    }
}
