using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Tessera.Inference.Templates;

namespace Tessera.Unit.Inference.Templates;

/// <summary>Templates of real models, conversations, and what Jinja itself makes of them; see the README beside them.</summary>
internal static class Fixtures
{
    private static readonly JsonElement Cases = JsonDocument.Parse(Read("cases.json")).RootElement;

    /// <summary>5 September 2024, 14:03:07.</summary>
    public static TimeProvider Time { get; } = new FakeTimeProvider(new DateTimeOffset(2024, 9, 5, 14, 3, 7, TimeSpan.Zero));

    public static IEnumerable<string> Templates { get; } =
        Directory.GetFiles(Folder(), "*.jinja").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> CaseNames { get; } = Cases.EnumerateObject().Select(each => each.Name);

    public static IReadOnlyList<AIFunctionDeclaration> Tools { get; } =
    [
        .. JsonDocument.Parse(Read("tools.json")).RootElement.EnumerateArray().Select(tool => tool.GetProperty("function")).Select(function =>
            AIFunctionFactory.CreateDeclaration(
                function.GetProperty("name").GetString()!, function.GetProperty("description").GetString(), function.GetProperty("parameters"))),
    ];

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), name)).ReplaceLineEndings("\n");

    public static ChatTemplate Template(string name) => ChatTemplate.Parse(Read(name + ".jinja"), "<s>", "</s>", Time);

    /// <summary>A conversation of cases.json; <paramref name="change"/> sees the text of each user and tool.</summary>
    public static RenderedPrompt Render(ChatTemplate template, string name, Func<string, string>? change = null)
    {
        var given = Cases.GetProperty(name);
        var messages = given.GetProperty("messages").EnumerateArray().Select(message => Message(message, change ?? (text => text))).ToList();
        return template.Render(messages, given.TryGetProperty("tools", out _) ? Tools : null, given.GetProperty("gen").GetBoolean());
    }

    /// <summary>What Jinja makes of a conversation, or <c>REFUSED</c>.</summary>
    public static string Expected(string template, string name)
    {
        var all = Read(template + ".txt");
        var start = all.IndexOf($"#### {name}\n", StringComparison.Ordinal) + name.Length + 6;
        var end = all.IndexOf("\n#### ", start, StringComparison.Ordinal);
        return all[start..(end < 0 ? all.Length - 1 : end)];
    }

    public static string Joined(RenderedPrompt prompt) => string.Concat(prompt.Parts.Select(part => part.Text));

    private static ChatMessage Message(JsonElement message, Func<string, string> change)
    {
        var role = new ChatRole(message.GetProperty("role").GetString()!);
        var text = message.GetProperty("content").GetString()!;
        if (role == ChatRole.Tool)
        {
            return new ChatMessage(role, [new FunctionResultContent(message.GetProperty("tool_call_id").GetString()!, change(text))]);
        }

        var contents = new List<AIContent>();
        if (text.Length > 0)
        {
            contents.Add(new TextContent(role == ChatRole.User ? change(text) : text));
        }

        if (message.TryGetProperty("tool_calls", out var calls))
        {
            contents.AddRange(calls.EnumerateArray().Select(Call));
        }

        return new ChatMessage(role, contents);
    }

    private static FunctionCallContent Call(JsonElement call)
    {
        var function = call.GetProperty("function");
        return new FunctionCallContent(
            call.GetProperty("id").GetString()!,
            function.GetProperty("name").GetString()!,
            function.GetProperty("arguments").EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value));
    }

    private static string Folder([CallerFilePath] string here = "")
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Unit", "Inference", "Templates", "fixtures");
            }
        }

        return Path.Combine(Path.GetDirectoryName(here)!, "fixtures");
    }
}
