import org.junit.Test;

public class AddingTest {
    @Test
    public void adds() {
        int sum =
            add(1, 2);
    }
}
