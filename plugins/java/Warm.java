import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** Has the compiler and the archiver do what they do for every program, so that the classes they need can be kept. */
public class Warm {
    private static final String SAMPLE = """
            import java.io.*;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;

            public class Sample {
                sealed interface Shape permits Circle, Square {}
                record Circle(double radius) implements Shape {}
                record Square(double side) implements Shape {}
                enum Colour { RED, GREEN { @Override String tone() { return "light"; } }; String tone() { return "dark"; } }
                static class Box<T extends Comparable<T>> implements Iterable<T> {
                    private final List<T> items = new ArrayList<>();
                    void put(T item) { items.add(item); }
                    @Override public Iterator<T> iterator() { return items.iterator(); }
                }
                static <T, R> List<R> map(List<T> list, Function<? super T, ? extends R> f) {
                    List<R> result = new ArrayList<>();
                    for (T item : list) result.add(f.apply(item));
                    return result;
                }
                public static void main(String[] args) throws IOException {
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    Scanner scanner = new Scanner(System.in);
                    Map<String, Integer> counts = new TreeMap<>();
                    int[][] grid = new int[3][4];
                    long sum = 0;
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        for (String word : line.split(" ")) counts.merge(word, 1, Integer::sum);
                    }
                    StringBuilder text = new StringBuilder();
                    outer:
                    for (int i = 0; i < grid.length; i++) {
                        for (int j = 0; j < grid[i].length; j++) {
                            if (i * j > 4) break outer;
                            sum += grid[i][j] ^ (i << j);
                            text.append(i).append(',');
                        }
                    }
                    Object shape = new Circle(1.5);
                    if (shape instanceof Circle circle && circle.radius() > 1) System.out.println(circle);
                    var sorted = counts.entrySet().stream().filter(e -> e.getValue() > 0)
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).map(Map.Entry::getKey)
                        .collect(Collectors.joining(" "));
                    Runnable task = () -> System.out.printf("%d %s%n", 3, sorted);
                    task.run();
                    switch (Colour.RED) { case RED -> System.out.println("r"); default -> throw new IllegalStateException(); }
                    try (StringWriter out = new StringWriter()) { out.write(text + "" + sum); }
                    catch (RuntimeException | Error e) { System.err.println(e.getMessage()); }
                    finally { System.out.println(map(List.of(1, 2), x -> x * 2) + " " + scanner.hasNext()); }
                    PriorityQueue<int[]> queue = new PriorityQueue<>((a, b) -> a[0] - b[0]);
                    queue.add(new int[] {1, 2});
                    System.out.println(queue.size() + IntStream.range(0, 3).sum());
                }
            }
            """;

    public static void main(String[] arguments) throws Exception {
        Files.writeString(Path.of("Sample.java"), SAMPLE);
        run("javac", "-proc:none", "-encoding", "UTF-8", "-Xmaxerrs", "20", "-d", "classes", "Sample.java");
        run("jar", "--create", "--no-compress", "--file", "sample.jar", "--main-class", "Sample", "-C", "classes", ".");
    }

    private static void run(String tool, String... arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) throw new IllegalStateException(tool + " ended with " + status);
    }
}
