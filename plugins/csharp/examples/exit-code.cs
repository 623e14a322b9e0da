public class Program
{
    public static int Main()
    {
        return 7;
    }
}
