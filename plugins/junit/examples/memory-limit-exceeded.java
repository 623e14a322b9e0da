import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public class GrowingTest {
    @Test
    void grows() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 20]);
        }
    }
}
