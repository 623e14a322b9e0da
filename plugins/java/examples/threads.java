import java.util.concurrent.atomic.AtomicInteger;

public class Main {
    public static void main(String[] arguments) throws InterruptedException {
        AtomicInteger total = new AtomicInteger();
        Thread[] workers = new Thread[4];
        for (int i = 0; i < 4; i++) {
            int value = i + 1;
            workers[i] = new Thread(() -> total.addAndGet(value));
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.println(total.get());
    }
}
