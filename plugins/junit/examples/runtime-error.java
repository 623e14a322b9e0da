import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

public class AddingTest {
    @Test
    void adds() {
        assertEquals(4, 1 + 2);
    }
}
