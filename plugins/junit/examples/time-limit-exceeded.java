import org.junit.jupiter.api.Test;

public class LoopingTest {
    @Test
    void loops() {
        while (true) {
        }
    }
}
