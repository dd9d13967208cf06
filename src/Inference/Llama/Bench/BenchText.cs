using System.Text;

namespace Tessera.Inference.Llama.Bench;

/// <summary>Text to be read, another one each round, so that nothing that was read before is reused.</summary>
internal static class BenchText
{
    private static readonly string[] Syllables = ["ta", "re", "mi", "lo", "ne", "su", "ka", "vi", "do", "pe", "ra", "ti"];

    /// <param name="tokens">About how many tokens: a word of two syllables is about two.</param>
    /// <param name="round">Gives the text.</param>
    public static string Make(int tokens, int round)
    {
        var random = new Random(round + 1);
        var text = new StringBuilder();
        for (var i = 0; i < tokens / 2; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Syllables[random.Next(Syllables.Length)]).Append(Syllables[random.Next(Syllables.Length)]);
        }

        return text.ToString();
    }
}
