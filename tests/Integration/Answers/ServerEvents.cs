using System.Text.Json;

namespace Tessera.Integration.Answers;

/// <summary>Reads a body of server-sent events.</summary>
internal static class ServerEvents
{
    public static IReadOnlyList<(string Name, JsonElement Data)> Read(string body)
    {
        Assert.EndsWith("\n\n", body, StringComparison.Ordinal);
        return [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(block => block != ":").Select(Of)];
    }

    private static (string Name, JsonElement Data) Of(string block)
    {
        var lines = block.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("event: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("data: ", lines[1], StringComparison.Ordinal);
        return (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement);
    }
}
