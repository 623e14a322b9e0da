import org.junit.jupiter.api.Test;

public class LeavingTest {
    @Test
    void leaves() {
        Runtime.getRuntime().halt(0);
    }
}
