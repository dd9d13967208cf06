using System.Text.RegularExpressions;

namespace Tessera.Architecture;

/// <summary>What the house asks of the image beyond the Dockerfile's syntax.</summary>
public sealed partial class DockerfileRules
{
    [Fact]
    public void Image_is_pinned_small_and_not_roots() => Assert.Empty(Faults(House.Read("Dockerfile")));

    [Theory]
    [InlineData("aspnet:10.0.12", "aspnet:10.0", "aspnet:10.0 is not pinned")]
    [InlineData("aspnet:10.0.12", "sdk:10.0.401", "the image that runs is the one that builds")]
    [InlineData("USER 10001:10001", "USER root", "it runs as root")]
    [InlineData("HEALTHCHECK", "LABEL", "no health check")]
    [InlineData("poppler-utils", "poppler", "poppler-utils is missing")]
    [InlineData("COPY --from=build /app .", "COPY --from=build --chown=tessera /app .", "the program can be changed by who runs it")]
    [InlineData("COPY . .", "ADD . .", "ADD takes more than files")]
    [InlineData("ENV TESSERA_DATA=/data", "ENV TESSERA_ADMIN_KEY=moss TESSERA_DATA=/data", "a secret is in the image")]
    public void Offender_is_caught(string good, string bad, string fault)
    {
        var text = House.Read("Dockerfile");
        Assert.Contains(good, text, StringComparison.Ordinal);
        Assert.Contains(fault, Faults(text.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public void Build_context_holds_no_secret_and_no_output()
    {
        var ignored = House.Read(".dockerignore").Split('\n');
        Assert.Superset(new HashSet<string>(["**/bin", "**/obj", "**/node_modules", ".git", ".keys", "data", "secrets", "tests"]), ignored.ToHashSet());
        Assert.Contains("/secrets/", House.Read(".gitignore"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Faults(string text)
    {
        var images = From().Matches(text).Select(match => match.Groups[1].Value).ToList();
        foreach (var image in images.Where(image => !Pinned().IsMatch(image)))
        {
            yield return $"{image[(image.LastIndexOf('/') + 1)..]} is not pinned";
        }

        if (images is not [.., { } last] || !last.Contains("/aspnet:", StringComparison.Ordinal))
        {
            yield return "the image that runs is the one that builds";
        }

        var stage = text[text.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        if (User().Matches(stage) is not [{ } user] || user.Groups[1].Value is "root" or "0")
        {
            yield return "it runs as root";
        }

        if (!stage.Contains("\nHEALTHCHECK ", StringComparison.Ordinal))
        {
            yield return "no health check";
        }

        foreach (var tool in ((string[])["tesseract-ocr", "poppler-utils"]).Where(tool => !stage.Contains(tool, StringComparison.Ordinal)))
        {
            yield return $"{tool} is missing";
        }

        if (stage.Contains("--chown", StringComparison.Ordinal))
        {
            yield return "the program can be changed by who runs it";
        }

        if (text.Contains("\nADD ", StringComparison.Ordinal))
        {
            yield return "ADD takes more than files";
        }

        if (Secret().IsMatch(text))
        {
            yield return "a secret is in the image";
        }
    }

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@":\d+\.\d+\.\d+$", RegexOptions.NonBacktracking)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^USER ([^:\s]+)", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex User();

    [GeneratedRegex(@"^(?:ENV|ARG) .*(?:PASSWORD|_KEY|TOKEN)=", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Secret();
}
