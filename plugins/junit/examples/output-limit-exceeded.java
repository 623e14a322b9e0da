import org.junit.jupiter.api.Test;

public class FloodingTest {
    @Test
    void floods() {
        while (true) {
            System.out.println("all work and no play, all work and no play");
        }
    }
}
