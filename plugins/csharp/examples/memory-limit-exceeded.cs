using System.Collections.Generic;

public class Program
{
    public static void Main()
    {
        var kept = new List<byte[]>();
        while (true)
        {
            var piece = new byte[1 << 20];
            for (var i = 0; i < piece.Length; i += 4096)
            {
                piece[i] = 1;
            }
            kept.Add(piece);
        }
    }
}
