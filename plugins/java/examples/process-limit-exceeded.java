public class Main {
    public static void main(String[] arguments) {
        while (true) {
            Thread thread = new Thread(() -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException exception) {
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
